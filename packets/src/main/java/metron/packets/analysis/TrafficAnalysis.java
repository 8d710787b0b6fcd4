package metron.packets.analysis;

import metron.packets.Packet;
import metron.packets.decode.DecodedPacket;
import metron.packets.flow.Conversation;
import metron.packets.flow.Flow;
import metron.packets.flow.FlowEnd;
import metron.packets.flow.FlowLimits;
import metron.packets.flow.FlowTable;
import metron.packets.stream.Fragments;
import metron.packets.stream.SegmentBudget;
import metron.packets.stream.StreamConsumer;
import metron.packets.stream.StreamLimits;
import metron.packets.stream.TcpStream;

/// Follows the traffic of one capture. The flow of a packet is that of its innermost network header: what a tunnel carries
/// counts, not the tunnel. A datagram that comes in fragments counts as one packet.
///
/// A packet of a known flow in order allocates nothing here. Any bytes are taken without an exception. Not thread-safe.
public final class TrafficAnalysis {
  private static final int DEEPEST = 4;

  private record Reassembled(TcpStream stream) implements Conversation {
    @Override
    public void flowEnded(Flow flow, FlowEnd why) {
      stream.finish();
    }
  }

  private final TrafficListener listener;
  private final FlowTable table;
  private final Fragments fragments;
  private final SegmentBudget budget;
  private final DecodedPacket[] decoders = new DecodedPacket[DEEPEST];

  public TrafficAnalysis(FlowLimits flows, StreamLimits streams, TrafficListener listener) {
    this.listener = listener;
    table = new FlowTable(flows, listener);
    fragments = new Fragments(streams);
    budget = new SegmentBudget(streams);
  }

  /// @param frame number of the packet, from 1
  public void accept(Packet packet, long frame) {
    accept(packet, decoder(0).decode(packet), frame, 0);
  }

  /// As the other, for a packet that is decoded already.
  public void accept(Packet packet, DecodedPacket decoded, long frame) {
    accept(packet, decoded, frame, 0);
  }

  private DecodedPacket decoder(int depth) {
    DecodedPacket decoder = decoders[depth];
    if (decoder == null) {
      decoder = new DecodedPacket();
      decoders[depth] = decoder;
    }
    return decoder;
  }

  private void accept(Packet packet, DecodedPacket d, long frame, int depth) {
    int level = d.innermost();
    if (level < 0) {
      return;
    }
    if (d.isIp(level) && d.isFragment(level)) {
      if (depth + 1 < DEEPEST) {
        fragments
            .add(d, level, packet)
            .ifPresent(whole -> accept(whole, decoder(depth + 1).decode(whole), frame, depth + 1));
      }
      return;
    }
    Flow flow = table.add(d, level, frame, packet.time(), packet.wireLength());
    if (flow == null) {
      return;
    }
    int side = table.side();
    int transport = d.transportOffset(level);
    switch (flow.protocol()) {
      case DecodedPacket.TCP -> segment(flow, side, d, level, packet, frame);
      case DecodedPacket.UDP -> {
        int end = d.transportEnd(level);
        if (end - transport >= 8) {
          int length = (d.bytes()[transport + 4] & 255) << 8 | (d.bytes()[transport + 5] & 255);
          int stop = length >= 8 ? Math.min(end, transport + length) : end;
          listener.datagram(flow, side, d.bytes(), transport + 8, stop, frame, packet.time());
        }
      }
      case DecodedPacket.ICMP, DecodedPacket.ICMP_V6 -> {
        if (d.icmpType(level) >= 0) {
          listener.icmp(
              flow, side, d.bytes(), transport, d.transportEnd(level), frame, packet.time());
        }
      }
      default -> {}
    }
  }

  private void segment(Flow flow, int side, DecodedPacket d, int level, Packet packet, long frame) {
    if (table.isBegun()) {
      StreamConsumer consumer = listener.stream(flow);
      if (consumer != null) {
        flow.attach(new Reassembled(new TcpStream(consumer, budget)));
      }
    }
    if (flow.conversation() instanceof Reassembled(TcpStream stream)) {
      byte[] b = d.bytes();
      int o = d.transportOffset(level);
      int end = d.transportEnd(level);
      int header = Math.max(20, ((b[o + 12] >> 4) & 15) * 4);
      int data = Math.min(end, o + header);
      int length = Math.max(0, d.transportLength(level) - header);
      stream.segment(side, b, o, data, end, length, frame, packet.time());
    }
  }

  /// Ends all flows and streams.
  public void finish() {
    table.finish();
  }

  public FlowTable flows() {
    return table;
  }

  public Fragments fragments() {
    return fragments;
  }

  /// Bytes of TCP segments that wait for those before them.
  public long waiting() {
    return budget.waiting();
  }
}
