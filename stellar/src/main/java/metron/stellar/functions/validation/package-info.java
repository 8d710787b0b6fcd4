/// Whether a value is an address, a domain, a date, a number.
/// In: argument values. Out: a value or a failure. Start at [IsIp].
@NullMarked
package metron.stellar.functions.validation;

import org.jspecify.annotations.NullMarked;
