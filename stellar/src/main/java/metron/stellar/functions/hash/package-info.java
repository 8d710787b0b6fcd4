/// Digests, and hashes that are alike for texts that are alike.
/// In: argument values. Out: a value or a failure. Start at [Hash].
@NullMarked
package metron.stellar.functions.hash;

import org.jspecify.annotations.NullMarked;
