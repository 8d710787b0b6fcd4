package metron.packets.protocol;

import metron.packets.LinkType;
import metron.packets.analysis.TrafficListener;
import metron.packets.decode.DecodedPacket;
import metron.packets.flow.Flow;
import metron.packets.flow.FlowEnd;
import metron.packets.flow.FlowListener;
import metron.packets.stream.Gap;
import metron.packets.stream.StreamConsumer;
import org.jspecify.annotations.Nullable;

/// Reads the protocols of a capture: a [TrafficListener] that tells a [FindingListener] what was said.
///
/// Not thread-safe.
public final class ProtocolAnalysis implements TrafficListener {
  /// What messages that are not complete may hold in all.
  private static final long MOST_HELD = 64L << 20;

  private final FindingListener listener;
  private final FlowListener flows;
  private final @Nullable FileSink files;
  private final BufferBudget budget = new BufferBudget(MOST_HELD);
  private final FtpTransfers transfers = new FtpTransfers();
  private final DecodedPacket quote = new DecodedPacket();
  private final QuicInitials quic = new QuicInitials(budget);

  /// @param files where carved files go; null if nobody wants files, which saves their hashes
  public ProtocolAnalysis(FindingListener listener, FlowListener flows, @Nullable FileSink files) {
    this.listener = listener;
    this.flows = flows;
    this.files = files;
  }

  private static final class Reader implements StreamConsumer {
    private final Scene scene;
    private StreamAnalyser analyser;

    Reader(Scene scene, StreamAnalyser first) {
      this.scene = scene;
      analyser = first;
    }

    private void at(long frame, long time) {
      scene.frame = frame;
      scene.time = time;
    }

    private void follow() {
      if (analyser instanceof Detection detection) {
        analyser = detection.chosen();
      }
      if (analyser.isOver()) {
        analyser.close();
        analyser = new Detection(scene);
      }
    }

    @Override
    public void data(int side, byte[] bytes, int offset, int length, long frame, long time) {
      at(frame, time);
      analyser.data(side, bytes, offset, length);
      follow();
    }

    @Override
    public void gap(int side, long length, Gap why, long frame, long time) {
      at(frame, time);
      analyser.gap(side, length, why);
      follow();
    }

    @Override
    public void end(int side, long frame, long time) {
      at(frame, time);
      analyser.end(side);
      follow();
    }

    @Override
    public void close(long frame, long time) {
      at(frame, time);
      analyser.close();
    }
  }

  @Override
  public StreamConsumer stream(Flow flow) {
    Scene scene = new Scene(flow, budget, transfers, files, listener);
    StreamAnalyser first =
        transfers
            .take(flow.address(1), flow.port(1))
            .<StreamAnalyser>map(transfer -> new FtpData(scene, transfer))
            .orElseGet(() -> new Detection(scene));
    return new Reader(scene, first);
  }

  @Override
  public void datagram(
      Flow flow, int side, byte[] bytes, int offset, int end, long frame, long time) {
    int low = Math.min(flow.port(0), flow.port(1));
    int high = Math.max(flow.port(0), flow.port(1));
    if (low == 53 || high == 5353 || low == 5353 || low == 5355 || high == 5355 || low == 137) {
      if (low != 137) {
        DnsMessages.read(bytes, offset, end, false)
            .ifPresent(message -> listener.found(flow, side, frame, time, message));
      }
    } else if (low == 67 || low == 68) {
      DhcpMessages.read(bytes, offset, end)
          .ifPresent(message -> listener.found(flow, side, frame, time, message));
    } else if (low == 123) {
      NtpMessages.read(bytes, offset, end)
          .ifPresent(message -> listener.found(flow, side, frame, time, message));
    } else if (low == 88) {
      KerberosMessages.read(bytes, offset, end)
          .ifPresent(message -> listener.found(flow, side, frame, time, message));
    } else if (end - offset > 20 && (bytes[offset] & 0xc0) == 0xc0) {
      quic.read(flow, side, bytes, offset, end)
          .ifPresent(message -> listener.found(flow, side, frame, time, message));
    }
  }

  @Override
  public void icmp(Flow flow, int side, byte[] bytes, int offset, int end, long frame, long time) {
    if (end - offset >= 2) {
      Finding quoted = end - offset > 36 ? quoted(flow, bytes, offset, end) : null;
      int type = bytes[offset] & 255;
      int code = bytes[offset + 1] & 255;
      listener.found(flow, side, frame, time, new Finding.Icmp(type, code, quoted));
    }
  }

  /// Null where an error quotes nothing that is known here: one call for each ICMP message.
  private @Nullable Finding quoted(Flow flow, byte[] bytes, int offset, int end) {
    int type = bytes[offset] & 255;
    boolean error =
        flow.isIpv4() ? type == 3 || type == 4 || type == 5 || type == 11 : type >= 1 && type <= 4;
    if (!error) {
      return null;
    }
    quote.decode(
        bytes, offset + 8, end - offset - 8, flow.isIpv4() ? LinkType.IPV4 : LinkType.IPV6);
    boolean dns =
        quote.levels() == 1
            && quote.protocol(0) == DecodedPacket.UDP
            && quote.hasPorts(0)
            && (quote.destinationPort(0) == 53 || quote.sourcePort(0) == 53);
    return dns
        ? DnsMessages.read(bytes, quote.payloadOffset(), quote.payloadEnd(), false).orElse(null)
        : null;
  }

  @Override
  public void ended(Flow flow, FlowEnd why) {
    quic.ended(flow);
    flows.ended(flow, why);
  }

  /// Bytes of messages that are not complete.
  public long held() {
    return budget.held();
  }
}
