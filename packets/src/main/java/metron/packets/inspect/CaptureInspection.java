package metron.packets.inspect;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import metron.packets.CaptureInterface;
import metron.packets.LinkType;
import metron.packets.Packet;
import metron.packets.analysis.TrafficAnalysis;
import metron.packets.decode.DecodedPacket;
import metron.packets.file.CaptureReader;
import metron.packets.filter.FilterSyntaxException;
import metron.packets.filter.PacketFilter;
import metron.packets.flow.FlowLimits;
import metron.packets.protocol.FileSink;
import metron.packets.protocol.ProtocolAnalysis;
import metron.packets.stream.StreamLimits;

/// What one capture holds, as one JSON object in words that other tools can be asked the same in: `container`, `read_error`,
/// `frames`, `layers`, `flows_outer`, `community_ids_innermost`, `bpf`, `protocols`, `tcp`, `tcp_streams`,
/// `extracted_files`.
///
/// Filters are read as libpcap reads them: `host X` does not see through a VLAN tag, `vlan and host X` does.
public final class CaptureInspection {
  private static final int HEAD = 3;

  /// One `--bpf` with what it has selected.
  private record Selection(String text, PacketFilter filter, FrameDigest digest) {}

  /// Counts and digests the bytes of the file as they pass.
  private static final class Measured extends FilterInputStream {
    private final MessageDigest digest = FrameDigest.algorithm("SHA-256");
    private long bytes;

    Measured(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int b = in.read();
      if (b >= 0) {
        digest.update((byte) b);
        bytes++;
      }
      return b;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      int n = in.read(to, offset, length);
      if (n > 0) {
        digest.update(to, offset, n);
        bytes += n;
      }
      return n;
    }

    @Override
    public long skip(long n) throws IOException {
      return readNBytes((int) Math.min(n, 8192)).length;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }

  private final List<Selection> selections = new ArrayList<>();
  private final FrameDigest digest = new FrameDigest();
  private final Layers layers = new Layers();
  private final Protocols protocols = new Protocols();
  private final TcpStreams tcp = new TcpStreams();
  private final TrafficAnalysis analysis =
      new TrafficAnalysis(
          FlowLimits.WHOLE_CAPTURE,
          StreamLimits.DEFAULT,
          new Together(tcp, new ProtocolAnalysis(protocols, (_, _) -> {}, FileSink.HASHES)));
  private final JsonText head = new JsonText();
  private long captured;
  private long snapped;
  private long untimed;
  private long firstTime = Packet.NO_TIME;
  private long lastTime = Packet.NO_TIME;
  private long minTime = Long.MAX_VALUE;
  private long maxTime = Long.MIN_VALUE;
  private boolean strictOrder = true;

  private CaptureInspection() {}

  /// @param file the capture, packed or not; read to its end but not closed
  /// @param name to put into the answer
  /// @param filters in tcpdump's words
  /// @return the JSON object, and why the file could not be read to its end if that is so
  public static Inspected inspect(InputStream file, String name, List<String> filters)
      throws IOException, FilterSyntaxException {
    CaptureInspection inspection = new CaptureInspection();
    for (String text : filters) {
      inspection.selections.add(
          new Selection(text, PacketFilter.parseOuter(text), new FrameDigest()));
    }
    return inspection.run(new Measured(file), name);
  }

  /// @param fault where and why reading ended before the end of the file
  public record Inspected(String json, String fault) {}

  private Inspected run(Measured file, String name) throws IOException {
    head.array();
    // The caller owns the stream beneath.
    @SuppressWarnings("resource")
    CaptureReader reader = CaptureReader.open(file);
    Packet packet = new Packet();
    DecodedPacket decoded = new DecodedPacket();
    while (reader.next(packet)) {
      frame(packet);
      layers.add(packet, decoded.decode(packet));
      analysis.accept(packet, decoded, digest.frames());
      for (Selection selection : selections) {
        if (selection.filter().matches(decoded, packet.wireLength())) {
          selection.digest().add(packet);
        }
      }
    }
    analysis.finish();
    file.transferTo(java.io.OutputStream.nullOutputStream());
    Optional<String> fault = reader.fault().map(Object::toString);
    JsonText json = new JsonText().object();
    json.put("schema", 1).put("file", name);
    container(json, file, reader);
    json.put("read_error", fault.orElse(null));
    frames(json);
    layers.write(json);
    bpf(json);
    protocols.write(json);
    tcp.write(json);
    protocols.writeFiles(json);
    return new Inspected(json.endObject().toString(), fault.orElse(""));
  }

  private void frame(Packet packet) {
    digest.add(packet);
    captured += packet.capturedLength();
    snapped += packet.capturedLength() < Integer.toUnsignedLong(packet.wireLength()) ? 1 : 0;
    if (packet.hasTime()) {
      long time = packet.time();
      if (firstTime == Packet.NO_TIME) {
        firstTime = time;
      } else {
        strictOrder &= time >= lastTime;
      }
      lastTime = time;
      minTime = Math.min(minTime, time);
      maxTime = Math.max(maxTime, time);
    } else {
      untimed++;
    }
    if (digest.frames() <= HEAD) {
      head.object()
          .put("n", digest.frames())
          .put("ns", packet.hasTime() ? Long.toString(packet.time()) : "-")
          .put("wire", Integer.toUnsignedLong(packet.wireLength()))
          .put("cap", packet.capturedLength())
          .put("md5", digest.lastMd5())
          .endObject();
    }
  }

  private void container(JsonText json, Measured file, CaptureReader reader) {
    List<CaptureInterface> interfaces = reader.interfaces();
    String encapsulation =
        interfaces.isEmpty()
            ? "unknown"
            : Encapsulation.shortName(interfaces.getFirst().linkType());
    for (CaptureInterface on : interfaces) {
      if (on.linkType() != interfaces.getFirst().linkType()) {
        encapsulation = "per-packet";
      }
    }
    json.key("container").object();
    json.put("bytes", file.bytes);
    json.put("sha256", HexFormat.of().formatHex(file.digest.digest()));
    json.put("type", reader.format().equals("pcap-ns") ? "nsecpcap" : reader.format());
    json.put("encapsulation", encapsulation).put("interfaces", interfaces.size());
    json.put("strict_time_order", strictOrder).key("interface_list").array();
    for (int i = 0; i < interfaces.size(); i++) {
      CaptureInterface on = interfaces.get(i);
      json.object().put("id", i);
      json.put("encapsulation", Encapsulation.longName(on.linkType()));
      json.put("snaplen", Long.toString(on.snapLength()));
      json.put("time_precision", precision(on.resolution()));
      json.put("packets", Long.toString(layers.packetsOf(i)));
      if (!on.name().isEmpty()) {
        json.put("name", on.name());
      }
      json.endObject();
    }
    json.endArray().endObject();
  }

  private static String precision(int resolution) {
    return switch (resolution) {
      case 0 -> "seconds (0)";
      case 3 -> "milliseconds (3)";
      case 6 -> "microseconds (6)";
      case 9 -> "nanoseconds (9)";
      default ->
          resolution < 128
              ? "10^-" + resolution + " seconds (" + resolution + ")"
              : "2^-" + (resolution - 128) + " seconds (" + resolution + ")";
    };
  }

  private void frames(JsonText json) {
    json.key("frames").object();
    json.put("count", digest.frames()).put("wire_bytes", digest.wire());
    json.put("captured_bytes", captured).put("snapped_frames", snapped);
    json.put("untimed_frames", untimed);
    boolean timed = firstTime != Packet.NO_TIME;
    json.put("first_ns", timed ? Long.toString(firstTime) : null);
    json.put("last_ns", timed ? Long.toString(lastTime) : null);
    json.put("min_ns", timed ? Long.toString(minTime) : null);
    json.put("max_ns", timed ? Long.toString(maxTime) : null);
    json.put("digest", digest.text());
    json.key("head").raw(head.endArray()).endObject();
  }

  private void bpf(JsonText json) {
    json.key("bpf").array();
    for (Selection selection : selections) {
      json.object().put("filter", selection.text());
      json.put("frames", selection.digest().frames());
      json.put("wire_bytes", selection.digest().wire());
      json.put("digest", selection.digest().fitsPcap() ? selection.digest().text() : null);
      json.endObject();
    }
    json.endArray();
  }

  /// What the other tools call a link type; the number is theirs too.
  private record Encapsulation(String name, String title, int number) {
    private static Encapsulation of(int linkType) {
      return switch (linkType) {
        case LinkType.ETHERNET -> new Encapsulation("ether", "Ethernet", 1);
        case LinkType.PPP -> new Encapsulation("ppp", "PPP", 4);
        case LinkType.RAW, LinkType.RAW_BSD, LinkType.RAW_OPENBSD ->
            new Encapsulation("rawip", "Raw IP", 7);
        case LinkType.NULL -> new Encapsulation("null", "NULL/Loopback", 15);
        case LinkType.PPP_HDLC ->
            new Encapsulation("ppp-with-direction", "PPP with Directional Info", 19);
        case LinkType.IEEE802_11 ->
            new Encapsulation("ieee-802-11", "IEEE 802.11 Wireless LAN", 20);
        case LinkType.IEEE802_11_RADIOTAP ->
            new Encapsulation("ieee-802-11-radiotap", "IEEE 802.11 plus radiotap radio header", 23);
        case LinkType.LINUX_SLL ->
            new Encapsulation("linux-sll", "Linux cooked-mode capture v1", 25);
        case LinkType.C_HDLC -> new Encapsulation("chdlc", "Cisco HDLC", 28);
        case LinkType.IPV4 -> new Encapsulation("rawip4", "Raw IPv4", 129);
        case LinkType.IPV6 -> new Encapsulation("rawip6", "Raw IPv6", 130);
        case LinkType.LINUX_SLL2 ->
            new Encapsulation("linux-sll2", "Linux cooked-mode capture v2", 210);
        default -> new Encapsulation(LinkType.name(linkType), LinkType.name(linkType), -1);
      };
    }

    static String shortName(int linkType) {
      return of(linkType).name();
    }

    static String longName(int linkType) {
      Encapsulation e = of(linkType);
      return e.number() < 0 ? e.title() : e.title() + " (" + e.number() + " - " + e.name() + ")";
    }
  }
}
