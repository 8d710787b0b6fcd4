/// What operators do with values. In: values as functions know them. Out: a value, or an
/// `ArithmeticException` or [OperatorFailure] for operands that have no answer.
/// The interpreter and compiled programs share these, so that they can't disagree.
/// Start at [Arithmetic], [Comparison], [Membership] and [Truth].
@NullMarked
package metron.stellar.value;

import org.jspecify.annotations.NullMarked;
