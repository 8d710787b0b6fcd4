/// Flows: which packets belong together, and what their two ends did. In: decoded packets, in the order of capture. Out: a
/// [metron.packets.flow.Flow] with counts, TCP state and history when it ends, and from it an ECS event.
///
/// Memory is bounded: a table has a fixed number of flows, and the one idle for longest makes room. A packet of a known flow
/// allocates nothing.
///
/// Start at [metron.packets.flow.FlowTable].
@NullMarked
package metron.packets.flow;

import org.jspecify.annotations.NullMarked;
