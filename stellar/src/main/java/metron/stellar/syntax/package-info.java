/// From text to tree. In: the source of one expression. Out: an [Expr], or [Diagnostic]s that point
/// at a column and say what was expected.
/// Start at [Parser]; the tree is [Expr]; the two readings of operators are [Dialect].
@NullMarked
package metron.stellar.syntax;

import org.jspecify.annotations.NullMarked;
