/// Texts to texts
/// In: argument values. Out: a value or a failure. Start at [ case, trimming, cutting, building.:ToUpper].
@NullMarked
package metron.stellar.functions.text;

import org.jspecify.annotations.NullMarked;
