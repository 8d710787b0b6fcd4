/// Texts as Base32, Base64, hexadecimal and binary digits.
/// In: argument values. Out: a value or a failure. Start at [Encode].
@NullMarked
package metron.stellar.functions.encode;

import org.jspecify.annotations.NullMarked;
