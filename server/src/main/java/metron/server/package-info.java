/// The front door: REST, live alerts, sign-in, and the console's files. In: HTTP requests. Out: what the stores know, to those
/// who may see it. Start at [MetronServer]; each sub-package is a feature with its own addresses.
@NullMarked
package metron.server;

import org.jspecify.annotations.NullMarked;
