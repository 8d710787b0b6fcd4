/// The expression language that teaches Metron what matters, as a library that knows nothing of
/// Metron. In: the text of a rule. Out: a program that evaluates records in nanoseconds.
/// Start at [Stellar]. Below it: `syntax` reads, `program` checks, compiles and runs, `value` holds the
/// operators, `function` says what a function is, `functions` are the standard ones.
@NullMarked
package metron.stellar;

import org.jspecify.annotations.NullMarked;
