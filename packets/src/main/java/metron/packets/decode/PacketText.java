package metron.packets.decode;

import java.time.Instant;
import java.util.Locale;
import metron.event.json.EventJson;
import metron.packets.Packet;

/// One line for one packet, for people and for programs.
public final class PacketText {
  private PacketText() {}

  /// `1 2026-01-02T03:04:05.123456789Z 10.0.0.1:5353 > 10.0.0.2:53 udp 74 ethernet ipv4 udp`: number, time, innermost
  /// endpoints, protocol, bytes on the wire, headers.
  public static String line(long number, Packet packet, DecodedPacket decoded) {
    StringBuilder text = new StringBuilder(160);
    text.append(number).append(' ').append(time(packet)).append(' ');
    int level = decoded.innermost();
    if (level < 0) {
      text.append("- -");
    } else {
      end(text, decoded.source(level).toString(), decoded, level, true);
      text.append(" > ");
      end(text, decoded.destination(level).toString(), decoded, level, false);
      text.append(' ').append(protocol(decoded, level));
    }
    text.append(' ').append(Integer.toUnsignedLong(packet.wireLength()));
    for (int i = 0; i < decoded.layers(); i++) {
      text.append(' ').append(name(decoded.layerKind(i)));
    }
    for (int i = 0; i < decoded.tags(); i++) {
      text.append(' ')
          .append(decoded.tagKind(i).name().toLowerCase(Locale.ROOT))
          .append('=')
          .append(Integer.toUnsignedLong(decoded.tagValue(i)));
    }
    return text.toString();
  }

  /// One JSON object: `number time interface link_type captured wire levels tags layers`; a level is `source destination
  /// protocol community_id` with `source_port destination_port` or `icmp_type icmp_code` where it has them.
  public static String json(long number, Packet packet, DecodedPacket decoded) {
    StringBuilder text = new StringBuilder(512);
    text.append("{\"number\":").append(number);
    if (packet.hasTime()) {
      text.append(",\"time\":\"").append(time(packet)).append('"');
    }
    text.append(",\"interface\":").append(packet.interfaceNumber());
    text.append(",\"link_type\":").append(packet.linkType());
    text.append(",\"captured\":").append(packet.capturedLength());
    text.append(",\"wire\":").append(Integer.toUnsignedLong(packet.wireLength()));
    text.append(",\"levels\":[");
    for (int l = 0; l < decoded.levels(); l++) {
      text.append(l == 0 ? "{" : ",{").append("\"source\":\"").append(decoded.source(l));
      text.append("\",\"destination\":\"").append(decoded.destination(l)).append('"');
      if (decoded.hasPorts(l)) {
        text.append(",\"source_port\":").append(decoded.sourcePort(l));
        text.append(",\"destination_port\":").append(decoded.destinationPort(l));
      }
      if (decoded.icmpType(l) >= 0) {
        text.append(",\"icmp_type\":").append(decoded.icmpType(l));
        text.append(",\"icmp_code\":").append(decoded.icmpCode(l));
      }
      text.append(",\"protocol\":\"").append(protocol(decoded, l)).append('"');
      if (decoded.isFragment(l)) {
        text.append(",\"fragment\":true");
      }
      FlowIds.communityId(decoded, l)
          .ifPresent(id -> text.append(",\"community_id\":\"").append(id).append('"'));
      text.append('}');
    }
    text.append("],\"tags\":[");
    for (int i = 0; i < decoded.tags(); i++) {
      text.append(i == 0 ? "{\"" : ",{\"")
          .append(decoded.tagKind(i).name().toLowerCase(Locale.ROOT))
          .append("\":")
          .append(Integer.toUnsignedLong(decoded.tagValue(i)))
          .append('}');
    }
    text.append("],\"layers\":[");
    for (int i = 0; i < decoded.layers(); i++) {
      text.append(i == 0 ? "\"" : ",\"").append(name(decoded.layerKind(i))).append('"');
    }
    text.append(']');
    if (decoded.isCut()) {
      text.append(",\"cut\":true");
    }
    boolean first = true;
    for (String comment : metron.packets.file.PacketOptions.comments(packet)) {
      text.append(first ? ",\"comments\":[" : ",");
      first = false;
      EventJson.quote(text, comment);
    }
    return text.append(first ? "}" : "]}").toString();
  }

  /// As people write it: `tcp`, `icmp6`, or the number.
  public static String protocol(DecodedPacket decoded, int level) {
    return switch (decoded.protocol(level)) {
      case -1 -> "arp";
      case DecodedPacket.ICMP -> "icmp";
      case DecodedPacket.TCP -> "tcp";
      case DecodedPacket.UDP -> "udp";
      case DecodedPacket.IPV6_IN_IP -> "ipv6";
      case DecodedPacket.IP_IN_IP -> "ipip";
      case DecodedPacket.GRE -> "gre";
      case 50 -> "esp";
      case DecodedPacket.AH -> "ah";
      case DecodedPacket.ICMP_V6 -> "icmp6";
      case DecodedPacket.SCTP -> "sctp";
      default -> Integer.toString(decoded.protocol(level));
    };
  }

  private static String name(LayerKind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String time(Packet packet) {
    return packet.hasTime() ? instant(packet.time()).toString() : "-";
  }

  /// @param nanoseconds since the epoch
  public static Instant instant(long nanoseconds) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanoseconds, 1_000_000_000L), Math.floorMod(nanoseconds, 1_000_000_000L));
  }

  private static void end(
      StringBuilder text, String address, DecodedPacket decoded, int level, boolean source) {
    boolean ports = decoded.hasPorts(level);
    boolean bracket = ports && address.indexOf(':') >= 0;
    text.append(bracket ? "[" : "").append(address).append(bracket ? "]" : "");
    if (ports) {
      text.append(':').append(source ? decoded.sourcePort(level) : decoded.destinationPort(level));
    }
  }
}
