package metron.packets.decode;

import static metron.packets.WireMaker.ethernet;
import static metron.packets.WireMaker.hex;
import static metron.packets.WireMaker.icmp;
import static metron.packets.WireMaker.ipv4;
import static metron.packets.WireMaker.ipv6;
import static metron.packets.WireMaker.join;
import static metron.packets.WireMaker.mpls;
import static metron.packets.WireMaker.sctp;
import static metron.packets.WireMaker.tcp;
import static metron.packets.WireMaker.text;
import static metron.packets.WireMaker.udp;
import static metron.packets.WireMaker.vlan;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import metron.packets.LinkType;
import metron.packets.Packet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DecodedPacketTest {
  private static final List<Integer> LINK_TYPES =
      List.of(0, 1, 9, 12, 50, 51, 101, 104, 105, 108, 113, 127, 228, 229, 276, 9999);

  private static final byte[] DNS = ipv4("10.0.0.1", "10.0.0.2", 17, udp(1000, 53, text(20)));
  private static final String DNS_FLOW = "10.0.0.1:1000 > 10.0.0.2:53 udp";

  private static String line(int linkType, byte[] frame) {
    Packet packet = new Packet().set(frame, 0, frame.length, frame.length, 0, 0, linkType);
    String line = PacketText.line(1, packet, new DecodedPacket().decode(packet));
    return line.substring("1 1970-01-01T00:00:00Z ".length()).replaceFirst(" " + frame.length, "");
  }

  @Test
  void decodesEveryLinkType() {
    assertThat(line(LinkType.ETHERNET, ethernet(0x800, DNS)))
        .isEqualTo(DNS_FLOW + " ethernet ipv4 udp");
    assertThat(line(LinkType.RAW, DNS)).isEqualTo(DNS_FLOW + " ipv4 udp");
    assertThat(line(LinkType.IPV4, DNS)).isEqualTo(DNS_FLOW + " ipv4 udp");
    assertThat(line(LinkType.NULL, join(hex("02000000"), DNS)))
        .isEqualTo(DNS_FLOW + " null-loopback ipv4 udp");
    assertThat(line(LinkType.LOOP, join(hex("00000002"), DNS)))
        .isEqualTo(DNS_FLOW + " null-loopback ipv4 udp");
    assertThat(line(LinkType.LINUX_SLL, join(hex("00000001000600000000000000000800"), DNS)))
        .isEqualTo(DNS_FLOW + " linux-sll ipv4 udp");
    assertThat(
            line(LinkType.LINUX_SLL2, join(hex("0800000000000001000100060000000000000000"), DNS)))
        .isEqualTo(DNS_FLOW + " linux-sll2 ipv4 udp");
    assertThat(line(LinkType.PPP, join(hex("ff030021"), DNS)))
        .isEqualTo(DNS_FLOW + " ppp ipv4 udp");
    assertThat(line(LinkType.PPP, join(hex("21"), DNS))).isEqualTo(DNS_FLOW + " ppp ipv4 udp");
    byte[] wlan = join(hex("0801"), text(22), hex("aaaa03000000 0800"), DNS);
    assertThat(line(LinkType.IEEE802_11, wlan)).isEqualTo(DNS_FLOW + " ieee802-11 llc ipv4 udp");
    byte[] radiotap = join(hex("0000090002000000 10"), wlan, hex("01020304"));
    assertThat(line(LinkType.IEEE802_11_RADIOTAP, radiotap))
        .isEqualTo(DNS_FLOW + " radiotap ieee802-11 llc ipv4 udp");
  }

  @Test
  void followsTagsAndTunnelsToTheInnermostPacket() {
    byte[] inner = ethernet(0x800, DNS);
    String outer = " ethernet ipv4 ";
    assertThat(line(1, ethernet(0x88a8, vlan(5, 0x8100, vlan(7, 0x800, DNS)))))
        .isEqualTo(DNS_FLOW + " ethernet vlan vlan ipv4 udp vlan=5 vlan=7");
    assertThat(line(1, ethernet(0x8847, mpls(30, false, mpls(16, true, DNS)))))
        .isEqualTo(DNS_FLOW + " ethernet mpls mpls ipv4 udp mpls=30 mpls=16");
    assertThat(line(1, ethernet(0x8864, join(hex("1100 0009 0032 0021"), DNS))))
        .isEqualTo(DNS_FLOW + " ethernet pppoe ppp ipv4 udp pppoe=9");
    assertThat(line(1, tunnel(47, join(hex("00000800"), DNS))))
        .isEqualTo(DNS_FLOW + outer + "gre ipv4 udp gre_protocol=2048");
    assertThat(
            line(1, tunnel(47, join(hex("3000 88be 00000001 00000002 1000 0011 00000000"), inner))))
        .contains(DNS_FLOW)
        .contains("erspan=17")
        .contains("gre_key=1");
    assertThat(line(1, tunnel(17, udp(9, 4789, join(hex("0800000000007b00"), inner)))))
        .isEqualTo(DNS_FLOW + outer + "udp vxlan ethernet ipv4 udp vxlan=123");
    assertThat(line(1, tunnel(17, udp(9, 6081, join(hex("0100655800007b00 00000000"), inner)))))
        .isEqualTo(DNS_FLOW + outer + "udp geneve ethernet ipv4 udp geneve=123");
    assertThat(line(1, tunnel(17, udp(2152, 2152, join(hex("30ff0030 00000042"), DNS)))))
        .isEqualTo(DNS_FLOW + outer + "udp gtp-u ipv4 udp gtp=66");
    assertThat(line(1, tunnel(4, DNS))).isEqualTo(DNS_FLOW + outer + "ipv4 udp");
    byte[] six = ipv6("2001:db8::1", "2001:db8::2", 6, tcp(1, 443, 2, text(0)));
    assertThat(line(1, tunnel(41, six)))
        .isEqualTo("[2001:db8::1]:1 > [2001:db8::2]:443 tcp" + outer + "ipv6 tcp");
    assertThat(line(1, tunnel(17, udp(3544, 9, six))))
        .isEqualTo("[2001:db8::1]:1 > [2001:db8::2]:443 tcp" + outer + "udp teredo ipv6 tcp");
  }

  private static byte[] tunnel(int protocol, byte[] inner) {
    return ethernet(0x800, ipv4("192.0.2.1", "192.0.2.2", protocol, inner));
  }

  @Test
  void knowsThePacketThatAnErrorQuotes() {
    byte[] frame = ethernet(0x800, ipv4("10.0.0.9", "10.0.0.1", 1, icmp(3, 3, DNS)));
    DecodedPacket decoded = new DecodedPacket().decode(frame, 0, frame.length, 1);
    assertThat(decoded.levels()).isEqualTo(2);
    assertThat(decoded.isQuoted(0)).isFalse();
    assertThat(decoded.isQuoted(1)).isTrue();
    assertThat(decoded.icmpType(0)).isEqualTo(3);
    assertThat(decoded.icmpCode(0)).isEqualTo(3);
    assertThat(decoded.destinationPort(1)).isEqualTo(53);
  }

  @Test
  void walksTheExtensionHeadersOfIpv6() {
    byte[] chain =
        join(
            hex("2b00000000000000"),
            hex("3c00000000000000"),
            hex("8400000000000000"),
            sctp(5, 6, text(4)));
    assertThat(line(LinkType.IPV6, ipv6("::1", "::2", 0, chain)))
        .isEqualTo("[::1]:5 > [::2]:6 sctp ipv6 ipv6-extension ipv6-extension ipv6-extension sctp");
  }

  @Test
  void onlyTheFirstFragmentHasPorts() {
    byte[] first = ipv4("10.0.0.1", "10.0.0.2", 17, 0x2000, udp(1000, 53, text(16)));
    byte[] later = ipv4("10.0.0.1", "10.0.0.2", 17, 0x2003, text(24));
    assertThat(line(LinkType.RAW, first)).startsWith(DNS_FLOW);
    assertThat(line(LinkType.RAW, later)).isEqualTo("10.0.0.1 > 10.0.0.2 udp ipv4");
    byte[] six = join(hex("1100000100000001"), udp(1, 2, text(8)));
    assertThat(line(LinkType.RAW, ipv6("::1", "::2", 44, six)))
        .startsWith("[::1]:1 > [::2]:2 udp ipv6 ipv6-fragment");
    six[3] = 9;
    assertThat(line(LinkType.RAW, ipv6("::1", "::2", 44, six)))
        .isEqualTo("::1 > ::2 udp ipv6 ipv6-fragment");
  }

  @Test
  void stopsAtHeadersNestedWithoutEnd() {
    byte[] packet = DNS;
    for (int i = 0; i < 60; i++) {
      packet = ipv4("10.0.0.1", "10.0.0.2", 4, packet);
    }
    DecodedPacket decoded = new DecodedPacket().decode(packet, 0, packet.length, LinkType.RAW);
    assertThat(decoded.levels()).isEqualTo(DecodedPacket.MAX_LEVELS);
    assertThat(decoded.isCut()).isTrue();
  }

  @Property(tries = 20_000)
  void anyBytesInNeverAnExceptionOut(@ForAll @Size(max = 200) byte[] noise, @ForAll int seed) {
    byte[][] starts = {
      {},
      ethernet(0x8100, vlan(1, 0x800, DNS)),
      tunnel(47, join(hex("3000 88be"), text(12))),
      tunnel(17, udp(9, 6081, hex("0100655800007b00"))),
      tunnel(17, udp(2152, 2152, hex("37ff0030 00000042 00000085"))),
      ipv6("::1", "::2", 0, hex("2b00000000000000")),
      hex("0000090002000000 10 8801"),
      mpls(5, true, text(1))
    };
    byte[] start = starts[Math.floorMod(seed, starts.length)];
    // Damage one byte of what was sound, then noise follows.
    byte[] frame = join(start, noise);
    if (frame.length > 0 && noise.length > 0) {
      frame[Math.floorMod(seed >> 8, frame.length)] ^= noise[0];
    }
    DecodedPacket decoded = new DecodedPacket();
    for (int linkType : LINK_TYPES) {
      decoded.decode(frame, 0, frame.length, linkType);
      assertThat(decoded.payloadOffset()).isBetween(0, frame.length);
      assertThat(decoded.payloadEnd()).isBetween(decoded.payloadOffset(), frame.length);
      for (int i = 0; i < decoded.layers(); i++) {
        assertThat(decoded.layerOffset(i)).isBetween(0, frame.length);
        assertThat(decoded.layerEnd(i)).isBetween(decoded.layerOffset(i), frame.length);
      }
      assertThat(line(linkType, frame)).isNotNull();
    }
  }
}
