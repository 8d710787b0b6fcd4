/// Hostile input. In: true lines of a sensor. Out: millions of broken ones, and whether a parser survived each.
/// Start at [HostileInputs]; the mutations are in [Mutator].
@NullMarked
package metron.testing.fuzz;

import org.jspecify.annotations.NullMarked;
