/// Sigma, the community's format of detections (Sigma specification 2.1.0): rules are read, compiled together and asked about
/// every event. In: rule files, and what tells which events are of which log source. Out: the rules that match an event.
/// Start at [SigmaEngine]. Below it: [SigmaReader] reads, [Node] and [Atom] are what a rule means, `RuleIndex` finds the few
/// rules worth asking.
@NullMarked
package metron.detection.sigma;

import org.jspecify.annotations.NullMarked;
