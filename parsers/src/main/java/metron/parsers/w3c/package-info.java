/// Extended log format of the W3C, as IIS, Exchange and Blue Coat write it. In: one line, and the `#Fields` that stood before it.
/// Out: its values, by the names of the header. Start at [W3cFormat].
@NullMarked
package metron.parsers.w3c;

import org.jspecify.annotations.NullMarked;
