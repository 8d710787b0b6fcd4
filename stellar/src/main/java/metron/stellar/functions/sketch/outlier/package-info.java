/// How far a value is from the usual ones.
/// In: argument values. Out: a value or a failure. Start at [MadAdd].
@NullMarked
package metron.stellar.functions.sketch.outlier;

import org.jspecify.annotations.NullMarked;
