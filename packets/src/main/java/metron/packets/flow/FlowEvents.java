package metron.packets.flow;

import java.util.List;
import java.util.Locale;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.Field;
import metron.event.FieldCatalogue;
import metron.event.FieldType;
import metron.packets.decode.DecodedPacket;

/// A flow as an ECS event of dataset `flow`: the two ends, what each sent, how long, and for TCP how it went.
public final class FlowEvents {
  private static final Field HISTORY =
      own("flow.history", FieldType.STRING, "Letters of what happened, see the manual");
  private static final Field STATE =
      own("flow.state", FieldType.STRING, "How a TCP connection began and ended");
  private static final Field REASON =
      own("flow.end_reason", FieldType.STRING, "Why the flow is over");
  private static final Field ROUND_TRIP =
      own("flow.round_trip", FieldType.LONG, "Of the TCP handshake, in nanoseconds");
  private static final Field RESPONDER_ROUND_TRIP =
      own("flow.responder_round_trip", FieldType.LONG, "From SYN to SYN-ACK, in nanoseconds");
  private static final Field SOURCE_RETRANSMISSIONS =
      own("flow.source_retransmissions", FieldType.LONG, "Segments that the source sent again");
  private static final Field DESTINATION_RETRANSMISSIONS =
      own(
          "flow.destination_retransmissions",
          FieldType.LONG,
          "Segments that the destination sent again");
  private static final Field MISSED =
      own("flow.missed_segments", FieldType.LONG, "Segments before which the capture lacks others");

  private FlowEvents() {}

  private static Field own(String name, FieldType type, String description) {
    return FieldCatalogue.get().registerSensorField(name, type, false, description);
  }

  /// Sets who talks with whom: `source`, `destination`, `network`.
  ///
  /// @param from side that is the source
  public static void ends(Flow flow, int from, Event event) {
    int to = 1 - from;
    event.set(Ecs.SOURCE_IP, flow.address(from));
    event.set(Ecs.DESTINATION_IP, flow.address(to));
    if (flow.hasPorts()) {
      event.set(Ecs.SOURCE_PORT, (long) flow.port(from));
      event.set(Ecs.DESTINATION_PORT, (long) flow.port(to));
    }
    event.set(Ecs.NETWORK_TYPE, flow.isIpv4() ? "ipv4" : "ipv6");
    event.set(Ecs.NETWORK_TRANSPORT, transport(flow.protocol()));
    event.set(Ecs.NETWORK_IANA_NUMBER, Integer.toString(flow.protocol()));
    flow.communityId().ifPresent(id -> event.set(Ecs.NETWORK_COMMUNITY_ID, id));
  }

  public static Event event(Flow flow, FlowEnd why) {
    Event event = new Event();
    event.setNanos(Ecs.TIMESTAMP, flow.firstTime());
    event.set(Ecs.EVENT_KIND, "event");
    event.set(Ecs.EVENT_CATEGORY, List.of("network"));
    event.set(Ecs.EVENT_TYPE, List.of("connection", "end"));
    event.set(Ecs.EVENT_DATASET, "flow");
    event.set(Ecs.EVENT_ACTION, "network_flow");
    event.setNanos(Ecs.EVENT_START, flow.firstTime());
    event.setNanos(Ecs.EVENT_END, flow.lastTime());
    event.set(Ecs.EVENT_DURATION, flow.lastTime() - flow.firstTime());
    ends(flow, 0, event);
    event.set(Ecs.SOURCE_BYTES, flow.bytes(0));
    event.set(Ecs.SOURCE_PACKETS, flow.packets(0));
    event.set(Ecs.DESTINATION_BYTES, flow.bytes(1));
    event.set(Ecs.DESTINATION_PACKETS, flow.packets(1));
    event.set(Ecs.NETWORK_BYTES, flow.bytes(0) + flow.bytes(1));
    event.set(Ecs.NETWORK_PACKETS, flow.packets(0) + flow.packets(1));
    event.set(REASON, why.name().toLowerCase(Locale.ROOT));
    if (flow.protocol() == DecodedPacket.TCP) {
      event.set(HISTORY, flow.history());
      event.set(STATE, flow.tcpState());
      if (flow.roundTrip() != Flow.NONE) {
        event.set(ROUND_TRIP, flow.roundTrip());
      }
      if (flow.responderRoundTrip() != Flow.NONE) {
        event.set(RESPONDER_ROUND_TRIP, flow.responderRoundTrip());
      }
      event.set(SOURCE_RETRANSMISSIONS, flow.retransmissions(0));
      event.set(DESTINATION_RETRANSMISSIONS, flow.retransmissions(1));
      event.set(MISSED, flow.lostSegments(0) + flow.lostSegments(1));
    }
    return event;
  }

  private static String transport(int protocol) {
    return switch (protocol) {
      case DecodedPacket.TCP -> "tcp";
      case DecodedPacket.UDP -> "udp";
      case DecodedPacket.ICMP -> "icmp";
      case DecodedPacket.ICMP_V6 -> "ipv6-icmp";
      case DecodedPacket.SCTP -> "sctp";
      case DecodedPacket.GRE -> "gre";
      case 2 -> "igmp";
      case 50 -> "esp";
      case DecodedPacket.AH -> "ah";
      case 88 -> "eigrp";
      case 89 -> "ospf";
      default -> Integer.toString(protocol);
    };
  }
}
