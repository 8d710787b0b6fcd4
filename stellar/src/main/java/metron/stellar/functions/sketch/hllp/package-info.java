/// How many different values there were, in little memory.
/// In: argument values. Out: a value or a failure. Start at [HllpInit].
@NullMarked
package metron.stellar.functions.sketch.hllp;

import org.jspecify.annotations.NullMarked;
