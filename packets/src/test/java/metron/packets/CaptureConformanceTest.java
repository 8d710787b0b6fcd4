package metron.packets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import metron.packets.decode.DecodedPacket;
import metron.packets.decode.FlowIds;
import metron.packets.decode.TagKind;
import metron.packets.file.CaptureReader;
import metron.packets.filter.PacketFilter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Real captures against what independent tools say of them: `-Pconformance -Dmetron.data=DIR`.
@Tag("conformance")
class CaptureConformanceTest {
  static Stream<Path> captures() throws IOException {
    Path folder = Path.of(System.getProperty("metron.data"), "pcap");
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> f.toString().endsWith(".pcap") || f.toString().endsWith(".pcapng"))
          .sorted()
          .toList()
          .stream();
    }
  }

  static JsonNode expected(Path capture) {
    String name = capture.getFileName().toString().replaceFirst("\\.pcap(ng)?$", ".expected.json");
    return JsonMapper.shared().readTree(capture.resolveSibling(name).toFile());
  }

  /// SHA-256 over one line a frame, as the data's README describes it.
  static final class Digest {
    private final MessageDigest all = algorithm("SHA-256");
    private final MessageDigest one = algorithm("MD5");
    long frames;
    long wire;

    static MessageDigest algorithm(String name) {
      try {
        return MessageDigest.getInstance(name);
      } catch (java.security.NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }

    void add(Packet p) {
      one.update(p.bytes(), p.offset(), p.capturedLength());
      frames++;
      wire += p.wireLength();
      String line =
          frames
              + "\t"
              + (p.hasTime() ? Long.toString(p.time()) : "-")
              + "\t"
              + p.wireLength()
              + "\t"
              + p.capturedLength()
              + "\t"
              + HexFormat.of().formatHex(one.digest())
              + "\n";
      all.update(line.getBytes(StandardCharsets.UTF_8));
    }

    String text() {
      return HexFormat.of().formatHex(all.digest());
    }
  }

  @ParameterizedTest
  @MethodSource("captures")
  void framesAreExact(Path capture) throws IOException {
    JsonNode expected = expected(capture);
    try (CaptureReader reader = CaptureReader.open(Files.newInputStream(capture))) {
      Digest digest = new Digest();
      Packet packet = new Packet();
      while (reader.next(packet)) {
        digest.add(packet);
      }
      assertThat(digest.frames).isEqualTo(expected.at("/frames/count").asLong());
      assertThat(digest.wire).isEqualTo(expected.at("/frames/wire_bytes").asLong());
      assertThat(digest.text()).isEqualTo(expected.at("/frames/digest").asString());
      assertThat(reader.interfaces()).hasSize(expected.at("/container/interfaces").asInt());
      assertThat(reader.fault().isPresent()).isEqualTo(!expected.at("/read_error").isNull());
    }
  }

  @ParameterizedTest
  @MethodSource("captures")
  void layersAreExact(Path capture) throws IOException {
    JsonNode expected = expected(capture);
    Map<String, Map<String, Long>> found = new TreeMap<>();
    long fragments = 0;
    long nested = 0;
    try (CaptureReader reader = CaptureReader.open(Files.newInputStream(capture))) {
      Packet packet = new Packet();
      DecodedPacket d = new DecodedPacket();
      while (reader.next(packet)) {
        d.decode(packet);
        // The data counts by the header that directly follows the link layer and VLAN tags.
        if (d.levels() == 0 || d.outerMpls() > 0 || !d.isIp(0)) {
          count(found, "by_network", "non-ip");
        } else {
          String network = d.network(0) == DecodedPacket.IPV4 ? "ipv4" : "ipv6";
          count(found, "by_network", network);
          count(found, "by_ip_protocol", Integer.toString(d.protocol(0)));
          fragments += d.isFragment(0) ? 1 : 0;
        }
        nested += d.levels() > 1 ? 1 : 0;
        java.util.Set<String> seen = new java.util.HashSet<>();
        for (int i = 0; i < d.tags(); i++) {
          String value = Integer.toUnsignedString(d.tagValue(i));
          String key =
              switch (d.tagKind(i)) {
                case VLAN -> "vlan";
                case MPLS -> "mpls";
                case VXLAN -> "vxlan_vni";
                case GENEVE -> "geneve_vni";
                case GRE_PROTOCOL -> "gre_proto";
                case GTP -> "gtp_teid";
                case PPPOE -> "pppoe_session";
                default -> "";
              };
          if (d.tagKind(i) == TagKind.GRE_PROTOCOL) {
            value = String.format("0x%04x", d.tagValue(i));
          }
          if (!key.isEmpty() && seen.add(key + value)) {
            count(found, key, value);
          }
        }
      }
    }
    JsonNode layers = expected.path("layers");
    for (String key : layers.propertyNames()) {
      switch (key) {
        case "fragments" -> assertThat(fragments).as(key).isEqualTo(layers.path(key).asLong());
        case "frames_with_nested_ip" ->
            assertThat(nested).as(key).isEqualTo(layers.path(key).asLong());
        case "frames_per_interface" -> {}
        default -> {
          Map<String, Long> wanted = new TreeMap<>();
          layers.path(key).properties().forEach(e -> wanted.put(e.getKey(), e.getValue().asLong()));
          assertThat(found.getOrDefault(key, Map.of())).as(key).isEqualTo(wanted);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("captures")
  void communityIdsOfTheInnermostFlowsAreExact(Path capture) throws IOException {
    Map<String, Long> found = new TreeMap<>();
    try (CaptureReader reader = CaptureReader.open(Files.newInputStream(capture))) {
      Packet packet = new Packet();
      DecodedPacket d = new DecodedPacket();
      while (reader.next(packet)) {
        d.decode(packet);
        // tshark gives no id to RSVP (46) and, as we, none to what an ICMP error quotes.
        if (d.innermost() >= 0 && d.protocol(d.innermost()) != 46) {
          FlowIds.communityId(d, d.innermost()).ifPresent(id -> found.merge(id, 1L, Long::sum));
        }
      }
    }
    Map<String, Long> wanted = new TreeMap<>();
    expected(capture)
        .path("community_ids_innermost")
        .properties()
        .forEach(e -> wanted.put(e.getKey(), e.getValue().asLong()));
    assertThat(found).isEqualTo(wanted);
  }

  @ParameterizedTest
  @MethodSource("captures")
  void filtersSelectWhatTcpdumpSelects(Path capture) throws Exception {
    for (JsonNode wanted : expected(capture).path("bpf")) {
      PacketFilter filter = PacketFilter.parseOuter(wanted.path("filter").asString());
      try (CaptureReader reader = CaptureReader.open(Files.newInputStream(capture))) {
        Digest digest = new Digest();
        Packet packet = new Packet();
        DecodedPacket d = new DecodedPacket();
        while (reader.next(packet)) {
          if (filter.matches(d.decode(packet), packet.wireLength())) {
            digest.add(packet);
          }
        }
        assertThat(digest.frames)
            .as(wanted.path("filter").asString())
            .isEqualTo(wanted.path("frames").asLong());
        assertThat(digest.wire).isEqualTo(wanted.path("wire_bytes").asLong());
        if (!wanted.path("digest").isNull()) {
          assertThat(digest.text()).isEqualTo(wanted.path("digest").asString());
        }
      }
    }
  }

  private static void count(Map<String, Map<String, Long>> found, String key, String value) {
    found.computeIfAbsent(key, _ -> new TreeMap<>()).merge(value, 1L, Long::sum);
  }
}
