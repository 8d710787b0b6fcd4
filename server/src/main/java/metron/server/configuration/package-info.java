/// The definitions in `conf/`: read, change, look back, roll back. In: a file's text and the version that was seen. Out: a new
/// revision, or all faults. Start at [ConfigurationCheck].
@NullMarked
package metron.server.configuration;

import org.jspecify.annotations.NullMarked;
