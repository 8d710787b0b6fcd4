/// Summaries of many values in little memory: statistics, sets that are approximate, samples.
/// In: values, one after another, or the bytes of an earlier summary. Out: answers, and bytes.
/// Start at [SketchBytes]; the summaries are in the packages below.
@NullMarked
package metron.stellar.functions.sketch;

import org.jspecify.annotations.NullMarked;
