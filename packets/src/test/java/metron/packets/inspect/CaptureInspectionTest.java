package metron.packets.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import metron.packets.LinkType;
import metron.packets.Packet;
import metron.packets.WireMaker;
import metron.packets.file.PcapWriter;
import metron.packets.filter.FilterSyntaxException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CaptureInspectionTest {
  private static final byte[] PLAIN =
      WireMaker.ethernet(
          0x800,
          WireMaker.ipv4("10.0.0.1", "10.0.0.2", 17, WireMaker.udp(5000, 53, WireMaker.text(4))));
  private static final byte[] TAGGED =
      WireMaker.ethernet(
          0x8100,
          WireMaker.vlan(
              7,
              0x800,
              WireMaker.ipv4(
                  "10.0.0.2", "10.0.0.1", 17, WireMaker.udp(53, 5000, WireMaker.text(9)))));

  static byte[] capture(byte[]... frames) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PcapWriter writer = new PcapWriter(out, LinkType.ETHERNET, true);
    Packet packet = new Packet();
    long time = 1_700_000_000_000_000_000L;
    for (byte[] frame : frames) {
      writer.write(packet.set(frame, 0, frame.length, frame.length, time++, 0, LinkType.ETHERNET));
    }
    out.flush();
    return out.toByteArray();
  }

  private static JsonNode inspect(byte[] file, String... filters) throws Exception {
    return JsonMapper.shared()
        .readTree(
            CaptureInspection.inspect(new ByteArrayInputStream(file), "x.pcap", List.of(filters))
                .json());
  }

  @Test
  void joinsBothDirectionsOfAFlowUnderAVlanTagOrNot() throws Exception {
    JsonNode flows = inspect(capture(PLAIN, TAGGED)).path("flows_outer");
    assertThat(flows).hasSize(1);
    assertThat(flows.path(0).path("packets_ab").asLong()).isEqualTo(1);
    assertThat(flows.path(0).path("wire_bytes_ba").asLong()).isEqualTo(TAGGED.length);
    assertThat(flows.path(0).path("community_id").asString()).startsWith("1:");
  }

  @Test
  void readsFiltersAsLibpcapDoes() throws Exception {
    JsonNode bpf =
        inspect(capture(PLAIN, TAGGED), "host 10.0.0.1", "vlan and host 10.0.0.1").path("bpf");
    assertThat(bpf.path(0).path("frames").asLong()).isEqualTo(1);
    assertThat(bpf.path(0).path("wire_bytes").asLong()).isEqualTo(PLAIN.length);
    assertThat(bpf.path(1).path("wire_bytes").asLong()).isEqualTo(TAGGED.length);
  }

  @Test
  void saysWhereACutFileEndsAndKeepsWhatIsBefore() throws Exception {
    byte[] whole = capture(PLAIN, TAGGED);
    JsonNode found = inspect(Arrays.copyOf(whole, whole.length - 3));
    assertThat(found.path("frames").path("count").asLong()).isEqualTo(1);
    assertThat(found.path("read_error").asString()).contains("packet");
    assertThat(found.path("container").path("bytes").asLong()).isEqualTo(whole.length - 3);
  }

  @Test
  void refusesAFilterThatMakesNoSense() {
    assertThatThrownBy(() -> inspect(capture(PLAIN), "host and port"))
        .isInstanceOf(FilterSyntaxException.class);
  }

  @Property(tries = 300)
  void anyBytesGiveAnAnswer(@ForAll byte[] bytes) throws Exception {
    assertThat(inspect(bytes).path("frames").path("count").asLong()).isNotNegative();
    byte[] framed = capture(bytes, PLAIN, bytes);
    assertThat(inspect(framed).path("frames").path("count").asLong()).isEqualTo(3);
  }
}
