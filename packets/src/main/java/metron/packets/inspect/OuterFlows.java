package metron.packets.inspect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import metron.event.CommunityId;
import metron.event.IpAddress;
import metron.packets.Packet;
import metron.packets.decode.DecodedPacket;

/// Two-way flows by the outermost IP header, whatever is inside it. Ports only where the packet shows them.
final class OuterFlows {
  private static final int MOST = 400;
  // A capture of a scan has as many flows as packets; beyond this new ones are counted only.
  private static final int KEPT = 1_000_000;

  private record Key(IpAddress first, int firstPort, IpAddress second, int secondPort, int proto) {
    // Turned round on purpose.
    @SuppressWarnings("ArgumentSelectionDefectChecker")
    Key turned() {
      return new Key(second, secondPort, first, firstPort, proto);
    }
  }

  private static final class Flow {
    private final Key from;
    private final long[] packets = new long[2];
    private final long[] bytes = new long[2];
    private String firstTime = "-";
    private String lastTime = "-";

    Flow(Key from) {
      this.from = from;
    }
  }

  private final Map<Key, Flow> flows = new LinkedHashMap<>();
  private long more;

  void add(Packet packet, DecodedPacket decoded) {
    boolean ports = decoded.hasPorts(0);
    Key forth =
        new Key(
            decoded.source(0),
            ports ? decoded.sourcePort(0) : -1,
            decoded.destination(0),
            ports ? decoded.destinationPort(0) : -1,
            decoded.protocol(0));
    Flow flow = flows.get(forth);
    int side = 0;
    if (flow == null) {
      flow = flows.get(forth.turned());
      side = 1;
    }
    String time = packet.hasTime() ? Long.toString(packet.time()) : "-";
    if (flow == null) {
      if (flows.size() == KEPT) {
        more++;
        return;
      }
      flow = new Flow(forth);
      side = 0;
      flow.firstTime = time;
      flows.put(forth, flow);
    }
    flow.packets[side]++;
    flow.bytes[side] += Integer.toUnsignedLong(packet.wireLength());
    flow.lastTime = time;
  }

  void write(JsonText json) {
    List<Flow> shown = new ArrayList<>(flows.values());
    if (shown.size() > MOST) {
      shown.sort(Comparator.comparingLong((Flow f) -> -(f.packets[0] + f.packets[1])));
      shown = shown.subList(0, MOST);
    }
    json.key("flows_outer").array();
    for (Flow flow : shown) {
      Key key = flow.from;
      json.object().put("proto", key.proto());
      end(json, "a", key.first(), key.firstPort());
      end(json, "b", key.second(), key.secondPort());
      json.put("packets_ab", flow.packets[0]).put("wire_bytes_ab", flow.bytes[0]);
      json.put("packets_ba", flow.packets[1]).put("wire_bytes_ba", flow.bytes[1]);
      json.put("first_ns", flow.firstTime).put("last_ns", flow.lastTime);
      if (key.firstPort() >= 0) {
        json.put(
            "community_id",
            CommunityId.v1(
                key.first(), key.firstPort(), key.second(), key.secondPort(), key.proto()));
      }
      json.endObject();
    }
    json.endArray();
    if (flows.size() > MOST) {
      json.put("flows_outer_total", flows.size() + more);
    }
  }

  private static void end(JsonText json, String name, IpAddress address, int port) {
    json.put(name, address.toString());
    if (port >= 0) {
      json.put(name + "_port", port);
    } else {
      json.put(name + "_port", null);
    }
  }
}
