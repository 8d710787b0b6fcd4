package metron.packets.show;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import metron.packets.LinkType;
import metron.packets.Traffic;
import metron.packets.WireMaker;
import metron.packets.decode.DecodedPacket;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DissectionTest {
  private static List<Layer> layers(byte[] frame, int length, int linkType) {
    return Dissection.layers(new DecodedPacket().decode(frame, 0, length, linkType));
  }

  @Test
  void everyFieldHasItsValueAndItsBytes() {
    byte[] frame =
        WireMaker.ethernet(
            0x8100,
            WireMaker.vlan(
                7,
                0x800,
                WireMaker.ipv4(
                    "10.0.0.1", "10.0.0.2", 6, WireMaker.tcp(4000, 80, 18, WireMaker.text(5)))));
    List<Layer> layers = layers(frame, frame.length, LinkType.ETHERNET);
    assertThat(layers)
        .extracting(Layer::title)
        .containsExactly(
            "Ethernet, 02:00:00:00:00:02 > 02:00:00:00:00:01",
            "VLAN 7",
            "IPv4, 10.0.0.1 > 10.0.0.2",
            "TCP, port 4000 > 80 [SYN ACK]",
            "Payload, 5 bytes");
    assertThat(layers.get(2).fields()).contains(new LayerField("protocol", "6", 27, 1));
    assertThat(layers.get(3).fields()).contains(new LayerField("destination port", "80", 40, 2));
    assertThat(Dissection.tree(layers)).contains("   27-27    protocol: 6");
    assertThat(Dissection.hex(frame, 0, frame.length)).startsWith("0000  02 00 00 00 00 01");
  }

  @Property(tries = 100)
  void layersLieInThePacketOneBehindTheOther(@ForAll long seed) {
    for (byte[] frame : Traffic.frames(seed, 50)) {
      check(layers(frame, frame.length, LinkType.ETHERNET), frame.length);
      check(layers(frame, frame.length / 2, LinkType.ETHERNET), frame.length / 2);
    }
  }

  @Property
  void anyBytesAreShown(@ForAll byte[] bytes, @ForAll @IntRange(max = 300) int linkType) {
    check(layers(bytes, bytes.length, linkType), bytes.length);
    assertThat(Dissection.hex(bytes, 0, bytes.length)).isNotNull();
  }

  private static void check(List<Layer> layers, int length) {
    for (Layer layer : layers) {
      assertThat(layer.offset()).isBetween(0, length);
      assertThat(layer.end()).isBetween(layer.offset(), length);
      for (LayerField field : layer.fields()) {
        assertThat(field.offset()).isGreaterThanOrEqualTo(layer.offset());
        assertThat(field.offset() + field.length()).isLessThanOrEqualTo(layer.end());
      }
    }
    assertThat(Dissection.tree(layers)).isNotNull();
    assertThat(Dissection.json(layers)).startsWith("[").endsWith("]");
  }
}
