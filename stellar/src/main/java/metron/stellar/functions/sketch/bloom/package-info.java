/// Sets of which only membership is asked, with few false yes and no false no.
/// In: argument values. Out: a value or a failure. Start at [BloomInit].
@NullMarked
package metron.stellar.functions.sketch.bloom;

import org.jspecify.annotations.NullMarked;
