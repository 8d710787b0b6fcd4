package metron.packets.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import metron.event.Ecs;
import metron.event.Event;
import metron.packets.LinkType;
import metron.packets.Traffic;
import metron.packets.WireMaker;
import metron.packets.decode.DecodedPacket;
import metron.packets.decode.FlowIds;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FlowTableTest {
  private static final long SECOND = 1_000_000_000L;
  private final List<Event> events = new ArrayList<>();
  private final FlowTable table =
      new FlowTable(FlowLimits.DEFAULT, (flow, why) -> events.add(FlowEvents.event(flow, why)));
  private final DecodedPacket decoded = new DecodedPacket();
  private long frame;

  private void add(byte[] ip, long time) {
    decoded.decode(ip, 0, ip.length, LinkType.RAW);
    assertThat(table.add(decoded, decoded.innermost(), ++frame, time, ip.length)).isNotNull();
  }

  private void tcp(boolean back, int flags, int sequence, int ack, int length, long time) {
    byte[] segment = WireMaker.tcp(back ? 80 : 5000, back ? 5000 : 80, flags, new byte[length]);
    for (int i = 0; i < 4; i++) {
      segment[4 + i] = (byte) (sequence >> (24 - 8 * i));
      segment[8 + i] = (byte) (ack >> (24 - 8 * i));
    }
    add(
        WireMaker.ipv4(back ? "10.0.0.2" : "10.0.0.1", back ? "10.0.0.1" : "10.0.0.2", 6, segment),
        time);
  }

  private String text(String field) {
    return String.valueOf(events.getFirst().get(metron.event.FieldCatalogue.get().field(field)));
  }

  @Test
  void tellsTheWholeStoryOfAConnection() {
    tcp(false, Flow.SYN, 100, 0, 0, 0);
    tcp(true, Flow.SYN | Flow.ACK, 500, 101, 0, 20_000_000);
    tcp(false, Flow.ACK, 101, 501, 0, 30_000_000);
    tcp(false, Flow.ACK | Flow.PSH, 101, 501, 10, 31_000_000);
    tcp(false, Flow.ACK | Flow.PSH, 101, 501, 10, 300_000_000);
    tcp(true, Flow.ACK, 501, 111, 5, 320_000_000);
    tcp(false, Flow.FIN | Flow.ACK, 111, 506, 0, 400_000_000);
    tcp(true, Flow.FIN | Flow.ACK, 506, 112, 0, 410_000_000);
    table.finish();
    assertThat(events).hasSize(1);
    assertThat(text("flow.history")).isEqualTo("ShADTdFf");
    assertThat(text("flow.state")).isEqualTo("SF");
    assertThat(text("flow.round_trip")).isEqualTo("30000000");
    assertThat(text("flow.responder_round_trip")).isEqualTo("20000000");
    assertThat(text("flow.source_retransmissions")).isEqualTo("1");
    assertThat(text("flow.end_reason")).isEqualTo("closed");
    assertThat(events.getFirst().longValue(Ecs.SOURCE_PACKETS, -1)).isEqualTo(5);
    assertThat(events.getFirst().longValue(Ecs.DESTINATION_BYTES, -1)).isEqualTo(125);
    assertThat(events.getFirst().longValue(Ecs.EVENT_DURATION, -1)).isEqualTo(410_000_000);
  }

  @Test
  void whoAnswersASynIsTheResponderEvenIfTheSynIsMissing() {
    tcp(true, Flow.SYN | Flow.ACK, 500, 101, 0, 0);
    tcp(false, Flow.ACK, 101, 501, 0, 1);
    table.finish();
    assertThat(text("flow.history")).isEqualTo("^hA");
    assertThat(text("source.ip")).isEqualTo("10.0.0.1");
  }

  @Test
  void refusedAndUnansweredConnectionsAreNamedSo() {
    tcp(false, Flow.SYN, 100, 0, 0, 0);
    tcp(true, Flow.RST | Flow.ACK, 0, 101, 0, 1);
    table.finish();
    assertThat(text("flow.state")).isEqualTo("REJ");
    events.clear();
    tcp(false, Flow.SYN, 100, 0, 0, 0);
    table.finish();
    assertThat(text("flow.state")).isEqualTo("S0");
  }

  @Test
  void portsUsedAgainAreAnotherFlow() {
    tcp(false, Flow.SYN, 100, 0, 0, 0);
    tcp(false, Flow.SYN, 100, 0, 0, 1);
    assertThat(events).isEmpty();
    tcp(false, Flow.SYN, 9_000, 0, 0, 2);
    assertThat(text("flow.end_reason")).isEqualTo("reused");
    assertThat(table.open()).isEqualTo(1);
  }

  @Test
  void silenceEndsAFlow() {
    add(WireMaker.ipv4("10.0.0.1", "10.0.0.2", 17, WireMaker.udp(1, 2, new byte[1])), 0);
    add(WireMaker.ipv4("10.0.0.2", "10.0.0.1", 17, WireMaker.udp(2, 1, new byte[1])), SECOND);
    add(WireMaker.ipv4("10.9.9.9", "10.0.0.2", 17, WireMaker.udp(1, 2, new byte[1])), 62 * SECOND);
    assertThat(events).hasSize(1);
    assertThat(text("flow.end_reason")).isEqualTo("idle");
    assertThat(text("network.packets")).isEqualTo("2");
  }

  @Test
  void aPingAndItsAnswerAreOneFlow() {
    add(WireMaker.ipv4("10.0.0.1", "10.0.0.2", 1, WireMaker.icmp(8, 0, new byte[8])), 0);
    add(WireMaker.ipv4("10.0.0.2", "10.0.0.1", 1, WireMaker.icmp(0, 0, new byte[8])), 1);
    assertThat(table.open()).isEqualTo(1);
  }

  @Property(tries = 30)
  void flowsAreWhatCommunityIdsSay(@ForAll long seed) {
    Map<String, Long> wanted = new HashMap<>();
    Map<String, Long> found = new HashMap<>();
    FlowLimits endless = FlowLimits.WHOLE_CAPTURE;
    FlowTable all =
        new FlowTable(
            endless,
            (flow, why) ->
                found.merge(
                    flow.communityId().orElse("none"),
                    flow.packets(0) + flow.packets(1),
                    Long::sum));
    long n = 0;
    for (byte[] frameBytes : Traffic.frames(seed, 500)) {
      decoded.decode(frameBytes, 0, frameBytes.length, LinkType.ETHERNET);
      int level = decoded.innermost();
      if (level < 0 || all.add(decoded, level, ++n, n, frameBytes.length) == null) {
        continue;
      }
      wanted.merge(FlowIds.communityId(decoded, level).orElse("none"), 1L, Long::sum);
    }
    all.finish();
    assertThat(found).isEqualTo(wanted);
  }

  @Property(tries = 30)
  void neverHoldsMoreThanItMay(@ForAll long seed) {
    Random random = new Random(seed);
    FlowLimits small =
        new FlowLimits(
            16,
            Duration.ofSeconds(9),
            Duration.ofSeconds(1),
            Duration.ofSeconds(3),
            Duration.ofSeconds(3));
    long[] packets = new long[2];
    FlowTable bounded =
        new FlowTable(small, (flow, why) -> packets[0] += flow.packets(0) + flow.packets(1));
    for (byte[] frameBytes : Traffic.frames(seed, 800)) {
      decoded.decode(frameBytes, 0, frameBytes.length, LinkType.ETHERNET);
      int level = decoded.innermost();
      long time = random.nextInt(60) * SECOND;
      if (level >= 0 && bounded.add(decoded, level, 1, time, frameBytes.length) != null) {
        packets[1]++;
      }
      assertThat(bounded.open()).isLessThanOrEqualTo(16);
    }
    bounded.finish();
    assertThat(packets[0]).isEqualTo(packets[1]);
  }
}
