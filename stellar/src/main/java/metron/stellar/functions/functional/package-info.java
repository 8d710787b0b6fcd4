/// Functions that call a lambda for each element.
/// In: argument values. Out: a value or a failure. Start at [MapList].
@NullMarked
package metron.stellar.functions.functional;

import org.jspecify.annotations.NullMarked;
