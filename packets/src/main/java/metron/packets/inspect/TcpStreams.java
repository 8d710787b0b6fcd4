package metron.packets.inspect;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import metron.event.IpAddress;
import metron.packets.analysis.TrafficListener;
import metron.packets.decode.DecodedPacket;
import metron.packets.flow.Flow;
import metron.packets.flow.FlowEnd;
import metron.packets.stream.Gap;
import metron.packets.stream.StreamConsumer;

/// TCP of a capture: counts over all streams, and the digests of both directions of those with most data. Node 0 is who sent the
/// first packet. Bytes behind a gap that the other side never acknowledged are not in a digest.
final class TcpStreams implements TrafficListener {
  private static final int MOST = 15;
  private static final int KEPT = 200_000;

  private static final class Stream implements StreamConsumer {
    private final long number;
    private final boolean turned;
    private final String[] nodes = new String[2];
    private final MessageDigest[] digests = {
      FrameDigest.algorithm("SHA-256"), FrameDigest.algorithm("SHA-256")
    };
    private final String[] sha256 = {"", ""};
    private final long[] bytes = new long[2];
    private final boolean[] over = new boolean[2];
    private int gaps;
    private boolean lostSegment;

    Stream(Flow flow) {
      number = flow.number();
      turned = flow.isFlipped();
      for (int side = 0; side < 2; side++) {
        nodes[side] = node(flow.address(side), flow.port(side));
      }
    }

    private static String node(IpAddress address, int port) {
      String text = address.toString();
      return text.indexOf(':') >= 0 ? "[" + text + "]:" + port : text + ":" + port;
    }

    @Override
    public void data(int side, byte[] b, int offset, int length, long frame, long time) {
      if (!over[side]) {
        digests[side].update(b, offset, length);
        bytes[side] += length;
      }
    }

    @Override
    public void gap(int side, long length, Gap why, long frame, long time) {
      gaps += why == Gap.LOST && !over[side] ? 1 : 0;
      over[side] |= why == Gap.OPEN;
    }

    @Override
    public void end(int side, long frame, long time) {}

    @Override
    public void close(long frame, long time) {
      for (int side = 0; side < 2; side++) {
        sha256[side] = HexFormat.of().formatHex(digests[side].digest());
      }
    }

    long total() {
      return bytes[0] + bytes[1];
    }
  }

  private final List<Stream> streams = new ArrayList<>();
  private long count;
  private long retransmissions;
  private long fast;
  private long outOfOrder;
  private long lost;
  private long duplicateAcks;

  @Override
  public StreamConsumer stream(Flow flow) {
    Stream stream = new Stream(flow);
    if (streams.size() < KEPT) {
      streams.add(stream);
    }
    return stream;
  }

  @Override
  public void ended(Flow flow, FlowEnd why) {
    if (flow.protocol() != DecodedPacket.TCP) {
      return;
    }
    count++;
    for (int side = 0; side < 2; side++) {
      retransmissions += flow.retransmissions(side);
      fast += flow.fastRetransmissions(side);
      outOfOrder += flow.outOfOrder(side);
      lost += flow.lostSegments(side);
      duplicateAcks += flow.duplicateAcks(side);
    }
    if (flow.lostSegments(0) + flow.lostSegments(1) > 0 && flow.number() < streams.size()) {
      streams.get((int) flow.number()).lostSegment = true;
    }
  }

  void write(JsonText json) {
    json.key("tcp").object();
    json.put("streams", count).put("retransmissions", retransmissions);
    json.put("fast_retransmissions", fast).put("out_of_order", outOfOrder);
    json.put("lost_segments", lost).put("duplicate_acks", duplicateAcks);
    json.endObject();
    List<Stream> shown = new ArrayList<>(streams);
    shown.removeIf(s -> s.total() == 0);
    shown.sort(Comparator.comparingLong((Stream s) -> -s.total()));
    shown = new ArrayList<>(shown.subList(0, Math.min(MOST, shown.size())));
    shown.sort(Comparator.comparingLong((Stream s) -> s.number));
    json.key("tcp_streams").array();
    for (Stream stream : shown) {
      json.object().put("tshark_stream", stream.number);
      for (int node = 0; node < 2; node++) {
        json.put("node" + node, stream.nodes[stream.turned ? 1 - node : node]);
      }
      json.put("gaps", stream.gaps).put("lost_segment_seen", stream.lostSegment);
      for (int node = 0; node < 2; node++) {
        int side = stream.turned ? 1 - node : node;
        json.put("node" + node + "_bytes", stream.bytes[side]);
        json.put("node" + node + "_sha256", stream.sha256[side]);
      }
      json.endObject();
    }
    json.endArray();
  }
}
