/// `key=value` pairs in the dialects that are met. In: one line, such as `src=10.0.0.1 msg="a b"`. Out: the values, by key. Start
/// at [KeyValueFormat]; [Pairs] cuts a range into pairs.
@NullMarked
package metron.parsers.keyvalue;

import org.jspecify.annotations.NullMarked;
