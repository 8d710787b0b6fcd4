/// What was usual: measurements of profiles. In: a profile, an entity and periods. Out: measurements, the
/// oldest first. Start at [ProfileGet].
///
/// Profiles are a service of the surroundings, [Profiles]; without one these functions fail and say so.
@NullMarked
package metron.stellar.functions.profile;

import org.jspecify.annotations.NullMarked;
