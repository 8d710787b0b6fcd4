/// Regular expressions, under a step budget.
/// In: argument values. Out: a value or a failure. Start at [RegexpMatch].
@NullMarked
package metron.stellar.functions.regex;

import org.jspecify.annotations.NullMarked;
