/// How alike two texts are.
/// In: argument values. Out: a value or a failure. Start at [FuzzyScore].
@NullMarked
package metron.stellar.functions.similarity;

import org.jspecify.annotations.NullMarked;
