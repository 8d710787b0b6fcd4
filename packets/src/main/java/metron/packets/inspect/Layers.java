package metron.packets.inspect;

import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import metron.packets.Packet;
import metron.packets.decode.DecodedPacket;
import metron.packets.decode.FlowIds;

/// Packets by the header that directly follows the link layer and its VLAN tags, and by the numbers of virtual networks.
final class Layers {
  /// RSVP, to which other tools give no Community ID.
  private static final int RSVP = 46;

  // 6 before 17.
  private static final Comparator<String> NUMBERS =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  private final Map<String, Map<String, Long>> counts = new TreeMap<>();
  private final Map<String, Long> communityIds = new TreeMap<>();
  private final Map<Integer, Long> interfaces = new TreeMap<>();
  private final OuterFlows flows = new OuterFlows();
  private final Set<String> seen = new HashSet<>();
  private long fragments;
  private long nested;

  void add(Packet packet, DecodedPacket decoded) {
    interfaces.merge(packet.interfaceNumber(), 1L, Long::sum);
    if (decoded.levels() == 0 || decoded.outerMpls() > 0 || !decoded.isIp(0)) {
      count("by_network", "non-ip");
    } else {
      count("by_network", decoded.network(0) == DecodedPacket.IPV4 ? "ipv4" : "ipv6");
      count("by_ip_protocol", Integer.toString(decoded.protocol(0)));
      fragments += decoded.isFragment(0) ? 1 : 0;
      flows.add(packet, decoded);
    }
    nested += decoded.levels() > 1 ? 1 : 0;
    seen.clear();
    for (int i = 0; i < decoded.tags(); i++) {
      String value = Integer.toUnsignedString(decoded.tagValue(i));
      String key =
          switch (decoded.tagKind(i)) {
            case VLAN -> "vlan";
            case MPLS -> "mpls";
            case VXLAN -> "vxlan_vni";
            case GENEVE -> "geneve_vni";
            case GRE_PROTOCOL -> "gre_proto";
            case GTP -> "gtp_teid";
            case PPPOE -> "pppoe_session";
            case GRE_KEY, ERSPAN -> "";
          };
      if (key.equals("gre_proto")) {
        value = String.format("0x%04x", decoded.tagValue(i));
      }
      // Every tag counts once per packet and value.
      if (!key.isEmpty() && seen.add(key + value)) {
        count(key, value);
      }
    }
    int inner = decoded.innermost();
    if (inner >= 0 && decoded.protocol(inner) != RSVP) {
      FlowIds.communityId(decoded, inner).ifPresent(id -> communityIds.merge(id, 1L, Long::sum));
    }
  }

  private void count(String key, String value) {
    counts.computeIfAbsent(key, _ -> new TreeMap<>(NUMBERS)).merge(value, 1L, Long::sum);
  }

  void write(JsonText json) {
    json.key("layers").object();
    counts(json, "by_network", counts.getOrDefault("by_network", Map.of()));
    counts(json, "by_ip_protocol", counts.getOrDefault("by_ip_protocol", Map.of()));
    json.put("fragments", fragments).put("frames_with_nested_ip", nested);
    json.key("frames_per_interface").object();
    interfaces.forEach((number, packets) -> json.put(Integer.toString(number), packets));
    json.endObject();
    for (Map.Entry<String, Map<String, Long>> entry : counts.entrySet()) {
      if (!entry.getKey().startsWith("by_")) {
        counts(json, entry.getKey(), entry.getValue());
      }
    }
    json.endObject();
    flows.write(json);
    counts(json, "community_ids_innermost", communityIds);
  }

  long packetsOf(int interfaceNumber) {
    return interfaces.getOrDefault(interfaceNumber, 0L);
  }

  private static void counts(JsonText json, String key, Map<String, Long> values) {
    json.key(key).object();
    values.forEach(json::put);
    json.endObject();
  }
}
