/// Texts to texts: case, trimming, cutting, searching, building.
/// In: argument values. Out: a value or a failure. Start at [ToUpper].
@NullMarked
package metron.stellar.functions.text;

import org.jspecify.annotations.NullMarked;
