package metron.packets.decode;

import java.util.Optional;
import metron.event.CommunityId;

/// The Community ID of each level of a packet, the same text that the events of its flow carry.
public final class FlowIds {
  private FlowIds() {}

  /// Empty for ARP, and for a packet whose ports or ICMP type were not captured. A later fragment has the id of its two
  /// addresses and protocol alone, as the specification gives it to whatever shows no ports.
  public static Optional<String> communityId(DecodedPacket packet, int level) {
    if (!packet.isIp(level)) {
      return Optional.empty();
    }
    int protocol = packet.protocol(level);
    int from = 0;
    int to = 0;
    switch (protocol) {
      case CommunityId.TCP, CommunityId.UDP, CommunityId.SCTP -> {
        if (!packet.hasPorts(level)) {
          return Optional.empty();
        }
        from = packet.sourcePort(level);
        to = packet.destinationPort(level);
      }
      case CommunityId.ICMP, CommunityId.ICMP_V6 -> {
        if (packet.icmpType(level) < 0) {
          return Optional.empty();
        }
        from = packet.icmpType(level);
        to = packet.icmpCode(level);
      }
      default -> {}
    }
    return Optional.of(
        CommunityId.v1(packet.source(level), from, packet.destination(level), to, protocol));
  }
}
