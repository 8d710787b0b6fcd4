/// Reading values out of bytes without copying them: numbers, addresses, times, text. In: a byte range. Out: a value, or a
/// sentinel that says it is not one. Start at [Bytes]; times are in [Times].
@NullMarked
package metron.parsers.scan;

import org.jspecify.annotations.NullMarked;
