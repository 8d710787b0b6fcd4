/// Numbers from numbers.
/// In: argument values. Out: a value or a failure. Start at [Abs].
@NullMarked
package metron.stellar.functions.math;

import org.jspecify.annotations.NullMarked;
