/// A few of many values, each with the same chance.
/// In: argument values. Out: a value or a failure. Start at [SampleInit].
@NullMarked
package metron.stellar.functions.sketch.sample;

import org.jspecify.annotations.NullMarked;
