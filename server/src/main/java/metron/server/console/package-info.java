/// The console's files, from the class path under `console/`. In: a path that is not the API's. Out: the file, or `index.html`
/// for a page of the console. Start at [ConsoleFiles].
@NullMarked
package metron.server.console;

import org.jspecify.annotations.NullMarked;
