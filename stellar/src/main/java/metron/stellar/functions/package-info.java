/// The standard functions, one package a group, one class a function. In: argument values. Out: a
/// value or a failure. Start at [StandardFunctions]; the rules for writing one are in the package
/// `metron.stellar.function`.
@NullMarked
package metron.stellar.functions;

import org.jspecify.annotations.NullMarked;
