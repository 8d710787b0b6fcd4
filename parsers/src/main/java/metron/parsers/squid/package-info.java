/// Squid's native access log. In: one line. Out: its columns, by name. Start at [SquidFormat].
@NullMarked
package metron.parsers.squid;

import org.jspecify.annotations.NullMarked;
