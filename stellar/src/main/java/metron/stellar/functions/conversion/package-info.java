/// Numbers from values.
/// In: argument values. Out: a value or a failure. Start at [ToInteger].
@NullMarked
package metron.stellar.functions.conversion;

import org.jspecify.annotations.NullMarked;
