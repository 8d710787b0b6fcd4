/// Packet filters. In: text as tcpdump takes it. Out: a [metron.packets.filter.PacketFilter], a predicate on a
/// [metron.packets.decode.DecodedPacket], and its [metron.packets.filter.Condition], which the index of the store reads.
/// Start at [metron.packets.filter.PacketFilter#parse].
@NullMarked
package metron.packets.filter;

import org.jspecify.annotations.NullMarked;
