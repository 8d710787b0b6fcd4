/// Proof that a killed Metron loses and doubles nothing. In: a built tree, how many events and kills, a seed. Out: what the
/// index, the alerts and the ledger have of the events afterwards. Start at [CrashProof].
@NullMarked
package metron.testing.crash;

import org.jspecify.annotations.NullMarked;
