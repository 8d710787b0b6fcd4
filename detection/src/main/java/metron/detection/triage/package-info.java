/// Triage rules: a user's own judgement of events, in Stellar. In: the documents below `conf/triage`. Out: contributions of
/// the rules that are true. Start at [TriageRules].
@NullMarked
package metron.detection.triage;

import org.jspecify.annotations.NullMarked;
