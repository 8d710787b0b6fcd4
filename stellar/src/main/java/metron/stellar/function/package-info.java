/// What a Stellar function is: its signature, its meaning, its failures, its examples and its body.
/// In: argument values of one call. Out: a value, or a [FunctionFailure] that says which argument.
/// Start at [StellarFunction]; what a body may ask for while it runs is [Evaluation]; the functions
/// that a program can call are gathered in a [FunctionRegistry].
///
/// # Rules for writing a function
///
/// 1. **One function, one class, one file**, in a package of its group below
///    `metron.stellar.functions`. The class holds `static final List<Example> EXAMPLES`, then
///    `public static final StellarFunction FUNCTION`, then the static body.
/// 2. **Values** are `null`, `Boolean`, `Integer`, `Long`, `Float`, `Double`, `String`, `List`, `Set`,
///    `Map`, [Lambda], and objects of a function's own (a sketch, a filter). `Short` and `Byte` never
///    leave a function. Numbers keep the exact class that Apache Metron answers, because `in` and
///    list equality do not widen.
/// 3. **Parameters** are declared with the widest types that the body accepts: the checker refuses a
///    literal outside them at load. A body that turns a number into text declares both.
///    `null` is always let through; the body decides what it means.
/// 4. **Optional parameters** that are left out arrive as `null` in [Body0] to [Body4]. A body that
///    must tell "left out" from `null` takes [BodyN]: its array has exactly the arguments given.
/// 5. **Failure** is `throw FunctionFailure.argument(2, "prefix length is 33, expected 0 to 32")`, with
///    arguments counted from 1, or `FunctionFailure.because("…")`. Say what was found and what was
///    expected; neither the function's name nor the position, which the engine adds. Any other
///    exception out of a body is a fault of the body; it is reported as such and stops nothing else.
/// 6. **Purity.** Equal arguments must give equal answers and nothing may change: the compiler then
///    folds calls with constant arguments. A function that reads the clock, a table, a service or
///    the environment, or that changes an argument or makes an object that other functions change
///    in place, says `.impure()`.
/// 7. **Constants.** Work on an argument that is usually a literal (a pattern, a CIDR, a date format)
///    is done once, in [Specialiser]. No static caches.
/// 8. **Budgets.** A loop over input calls `evaluation.step()` for every round; whoever makes something
///    whose size the caller chooses calls `evaluation.allocate(bytes)` before making it. A call of a
///    [Lambda] counts its own steps. Regular expressions go through [Regex] only.
/// 9. **Surroundings** (time, tables, geo data, profiles) come from [Evaluation#clock] and
///    [Evaluation#service], never from a static.
/// 10. **Examples** are run as tests through the interpreter and the compiler and are printed in the
///     manual: the usual case first, then null, then the edge, then each failure.
@NullMarked
package metron.stellar.function;

import org.jspecify.annotations.NullMarked;
