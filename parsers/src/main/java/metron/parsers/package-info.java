/// Bytes to events. In: a [metron.event.RawMessage]. Out: a [ParseResult]. Start at [Parser].
@NullMarked
package metron.parsers;

import org.jspecify.annotations.NullMarked;
