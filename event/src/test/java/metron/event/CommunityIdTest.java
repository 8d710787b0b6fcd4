package metron.event;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class CommunityIdTest {
  private static IpAddress ip(String text) {
    return IpAddress.parse(text).orElseThrow();
  }

  /// Flows of the specification's baseline; for ICMP the ports are type and code.
  @ParameterizedTest
  @CsvFileSource(resources = "community-id.csv")
  void agreesWithTheSpecification(
      int protocol, String source, int from, String destination, int to, String expected) {
    assertThat(CommunityId.v1(ip(source), from, ip(destination), to, protocol)).isEqualTo(expected);
  }

  @Test
  void changesWithTheSeed() {
    IpAddress a = ip("128.232.110.120");
    IpAddress b = ip("66.35.250.204");

    assertThat(CommunityId.v1(a, 34855, b, 80, 6, 0)).isEqualTo("1:LQU9qZlK+B5F3KDmev6m5PMibrg=");
    assertThat(CommunityId.v1(a, 34855, b, 80, 6, 1)).isEqualTo("1:3V71V58M3Ksw/yuFALMcW0LAHvc=");
  }

  @Property(tries = 300)
  void isTheSameFromBothEnds(
      @ForAll int a,
      @ForAll int b,
      @ForAll @IntRange(max = 65535) int from,
      @ForAll @IntRange(max = 65535) int to,
      @ForAll @IntRange(max = 255) int protocol) {
    if (protocol == CommunityId.ICMP || protocol == CommunityId.ICMP_V6) {
      return;
    }
    assertThat(CommunityId.v1(IpAddress.v4(a), from, IpAddress.v4(b), to, protocol))
        .isEqualTo(CommunityId.v1(IpAddress.v4(b), to, IpAddress.v4(a), from, protocol));
  }

  @Test
  void ignoresPortsWhereTheProtocolHasNone() {
    IpAddress a = ip("10.0.0.1");
    IpAddress b = ip("10.0.0.2");

    assertThat(CommunityId.v1(a, 1, b, 2, 47)).isEqualTo(CommunityId.v1(b, 3, a, 4, 47));
  }

  @Test
  void isAddedToAnEventThatHasAFlow() {
    Event event = new Event();
    event.set(Ecs.SOURCE_IP, ip("128.232.110.120"));
    event.set(Ecs.DESTINATION_IP, ip("66.35.250.204"));
    assertThat(CommunityId.addTo(event)).as("no transport").isFalse();
    event.set(Ecs.NETWORK_TRANSPORT, "TCP");
    assertThat(CommunityId.addTo(event)).as("no ports").isFalse();
    event.set(Ecs.SOURCE_PORT, 34855);
    event.set(Ecs.DESTINATION_PORT, 80);

    assertThat(CommunityId.addTo(event)).isTrue();

    assertThat(event.string(Ecs.NETWORK_COMMUNITY_ID)).isEqualTo("1:LQU9qZlK+B5F3KDmev6m5PMibrg=");
  }

  @Test
  void isAddedForIcmpFromTypeAndCode() {
    Event event = new Event();
    event.set(Ecs.SOURCE_IP, ip("192.168.0.89"));
    event.set(Ecs.DESTINATION_IP, ip("192.168.0.1"));
    event.set(Ecs.NETWORK_IANA_NUMBER, "1");
    assertThat(CommunityId.addTo(event)).isFalse();
    event.set(FieldCatalogue.get().field("metron.icmp.type"), 8);

    assertThat(CommunityId.addTo(event)).isTrue();

    assertThat(event.string(Ecs.NETWORK_COMMUNITY_ID)).isEqualTo("1:X0snYXpgwiv9TZtqg64sgzUn6Dk=");
  }

  @Test
  void leavesAnIdThatTheSensorGave() {
    Event event = new Event();
    event.set(Ecs.NETWORK_COMMUNITY_ID, "1:own");

    assertThat(CommunityId.addTo(event)).isTrue();
    assertThat(event.string(Ecs.NETWORK_COMMUNITY_ID)).isEqualTo("1:own");
  }

  @Test
  void staysAwayFromPortsOutOfRange() {
    Event event = new Event();
    event.set(Ecs.SOURCE_IP, ip("10.0.0.1"));
    event.set(Ecs.DESTINATION_IP, ip("10.0.0.2"));
    event.set(Ecs.NETWORK_TRANSPORT, "udp");
    event.set(Ecs.SOURCE_PORT, 70_000);
    event.set(Ecs.DESTINATION_PORT, 53);

    assertThat(CommunityId.addTo(event)).isFalse();
    assertThat(event.has(Ecs.NETWORK_COMMUNITY_ID)).isFalse();
  }
}
