/// JSON texts to values and back.
/// In: argument values. Out: a value or a failure. Start at [ToJsonObject].
@NullMarked
package metron.stellar.functions.json;

import org.jspecify.annotations.NullMarked;
