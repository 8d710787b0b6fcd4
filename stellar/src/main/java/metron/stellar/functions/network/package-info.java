/// Addresses, domains and URLs.
/// In: argument values. Out: a value or a failure. Start at [InSubnet].
@NullMarked
package metron.stellar.functions.network;

import org.jspecify.annotations.NullMarked;
