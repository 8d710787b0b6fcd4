package metron.packets.filter;

import static metron.packets.WireMaker.ethernet;
import static metron.packets.WireMaker.icmp;
import static metron.packets.WireMaker.ipv4;
import static metron.packets.WireMaker.ipv6;
import static metron.packets.WireMaker.tcp;
import static metron.packets.WireMaker.text;
import static metron.packets.WireMaker.udp;
import static metron.packets.WireMaker.vlan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import metron.packets.decode.DecodedPacket;
import metron.packets.decode.FlowIds;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PacketFilterTest {
  private static final byte[] WEB =
      ipv4("10.0.0.1", "192.0.2.80", 6, tcp(40000, 443, 0x02, text(0)));
  private static final byte[] PLAIN = ethernet(0x800, WEB);
  private static final byte[] TAGGED = ethernet(0x8100, vlan(7, 0x800, WEB));
  private static final byte[] TUNNEL = ethernet(0x800, ipv4("172.16.0.1", "172.16.0.2", 4, WEB));
  private static final byte[] SIX =
      ethernet(0x86dd, ipv6("2001:db8::1", "2001:db8:1::2", 17, udp(5000, 53, text(4))));
  private static final byte[] ERROR =
      ethernet(0x800, ipv4("172.16.0.9", "10.0.0.1", 1, icmp(11, 0, WEB)));

  private static boolean matches(String filter, byte[] frame) {
    try {
      return PacketFilter.parse(filter)
          .matches(new DecodedPacket().decode(frame, 0, frame.length, 1), frame.length);
    } catch (FilterSyntaxException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void everyPrimitiveHoldsWhereItShould() {
    for (String yes :
        List.of(
            "",
            "host 10.0.0.1",
            "src host 10.0.0.1",
            "src 10.0.0.1",
            "dst host 192.0.2.80 and src port 40000",
            "net 192.0.2.0/24",
            "net 10",
            "net 10.0.0.0 mask 255.255.0.0",
            "dst net 192.0.2",
            "port 443",
            "port https",
            "tcp",
            "tcp dst port 443",
            "tcp port 80 or 443",
            "portrange 400-500",
            "src or dst port 443",
            "ip",
            "ip proto 6",
            "proto tcp",
            "not udp",
            "! udp && (port 1 || port 443)",
            "udp or tcp and port 443",
            "less 100",
            "greater 50",
            "len == 54",
            "tcp[tcpflags] & (tcp-syn|tcp-ack) == tcp-syn",
            "tcp[13] = 2",
            "outer host 10.0.0.1",
            "community-id "
                + FlowIds.communityId(new DecodedPacket().decode(PLAIN, 0, PLAIN.length, 1), 0)
                    .orElseThrow())) {
      assertThat(matches(yes, PLAIN)).as(yes).isTrue();
    }
    for (String no :
        List.of(
            "dst host 10.0.0.1",
            "src and dst port 443",
            "udp port 443",
            "ip6",
            "arp",
            "vlan",
            "net 10.0.1.0/24",
            "portrange 444-500",
            "tcp[tcpflags] & tcp-ack != 0",
            "greater 55",
            // `and` and `or` have one rank: (tcp or udp) and port 53
            "tcp or udp and port 53")) {
      assertThat(matches(no, PLAIN)).as(no).isFalse();
    }
    assertThat(matches("ip6 and udp port 53 and net 2001:db8::/32", SIX)).isTrue();
    assertThat(matches("host 2001:db8:1::2", SIX)).isTrue();
  }

  @Test
  void seesThroughTagsAndTunnelsAndIntoQuotes() {
    String filter = "host 10.0.0.1 and tcp port 443";
    assertThat(matches(filter, TAGGED)).isTrue();
    assertThat(matches(filter, TUNNEL)).isTrue();
    assertThat(matches(filter, ERROR)).isTrue();
    assertThat(matches("vlan 7", TAGGED)).isTrue();
    assertThat(matches("vlan 8", TAGGED)).isFalse();
  }

  @Test
  void outerReadsAsTcpdumpDoes() {
    assertThat(matches("outer host 10.0.0.1", TAGGED)).isFalse();
    assertThat(matches("outer (vlan and host 10.0.0.1)", TAGGED)).isTrue();
    assertThat(matches("outer (vlan 7 and port 443)", TAGGED)).isTrue();
    assertThat(matches("outer host 10.0.0.1", TUNNEL)).isFalse();
    assertThat(matches("outer host 172.16.0.1", TUNNEL)).isTrue();
    assertThat(matches("outer tcp or host 10.0.0.1", TUNNEL)).isTrue();
  }

  @Test
  void pointsAtWhatIsWrong() {
    assertFault("host 10.0.0.300", 6, "expected an address such as 10.0.0.5 or 2001:db8::1");
    assertFault("host 10.0.0.0/8", 6, "write 'net' before a network");
    assertFault("port 70000", 6, "expected a port from 0 to 65535");
    assertFault("host 10.0.0.1 port 80", 15, "expected 'and', 'or' or the end, found 'port'");
    assertFault("(tcp or udp", 12, "expected ')', found the end");
    assertFault("tcp and", 8, "expected a condition such as 'host 10.0.0.5'");
    assertFault("vlan 5000", 6, "expected a number from 0 to 4095");
    assertFault("portrange 90-80", 11, "expected a range such as 6000-6063");
    assertFault("tcp host 1.2.3.4", 10, "write 'tcp and host …' instead");
    assertFault("nonsense", 1, "expected a condition");
    assertThatThrownBy(() -> PacketFilter.parse("host x"))
        .hasMessageEndingWith("\n | host x\n | .....^");
  }

  private static void assertFault(String filter, int column, String message) {
    assertThatThrownBy(() -> PacketFilter.parse(filter))
        .as(filter)
        .isInstanceOfSatisfying(
            FilterSyntaxException.class, e -> assertThat(e.column()).isEqualTo(column))
        .hasMessageContaining(message);
  }

  @Property(tries = 5000)
  void anyTextGivesAFilterOrAFault(@ForAll("texts") String filter) {
    try {
      PacketFilter parsed = PacketFilter.parse(filter);
      DecodedPacket packet = new DecodedPacket().decode(TUNNEL, 0, TUNNEL.length, 1);
      PacketFilter not = PacketFilter.of(new Condition.Not(parsed.condition()));
      assertThat(parsed.matches(packet, 100)).isNotEqualTo(not.matches(packet, 100));
    } catch (FilterSyntaxException e) {
      assertThat(e.column()).isBetween(1, filter.length() + 1);
    }
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> word =
        Arbitraries.of(
            "host",
            "net",
            "port",
            "src",
            "dst",
            "and",
            "or",
            "not",
            "(",
            ")",
            "tcp",
            "ip6",
            "10.0.0.1",
            "::1",
            "80",
            "1-2",
            "vlan",
            "tcp[",
            "tcpflags",
            "]",
            "&",
            "==",
            "mask",
            "255.0.0.0",
            "len",
            "<",
            "outer",
            "proto",
            "community-id",
            "99999",
            "/",
            "greater");
    return Arbitraries.oneOf(
        word.list().ofMaxSize(9).map(words -> String.join(" ", words)),
        Arbitraries.strings().ofMaxLength(20));
  }
}
