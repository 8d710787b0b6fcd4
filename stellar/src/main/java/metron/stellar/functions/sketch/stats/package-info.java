/// Statistics of numbers: of all that were added, or of the last ones.
/// In: argument values. Out: a value or a failure. Start at [StatsInit]; what the functions hand to
/// each other is a [Statistics].
@NullMarked
package metron.stellar.functions.sketch.stats;

import org.jspecify.annotations.NullMarked;
