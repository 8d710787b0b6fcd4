/// From packets to conversations: decodes each packet, puts datagrams together, finds the flow, puts TCP in order, and hands each
/// kind of content to whom it concerns. In: packets in the order of capture. Out: calls of a
/// [metron.packets.analysis.TrafficListener].
///
/// Start at [metron.packets.analysis.TrafficAnalysis].
@NullMarked
package metron.packets.analysis;

import org.jspecify.annotations.NullMarked;
