package metron.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import metron.event.Event;
import metron.event.FieldCatalogue;
import metron.event.IpAddress;
import metron.event.json.EventJson;
import metron.event.json.JsonException;
import org.junit.jupiter.api.Test;

class DemoScenarioTest {
  private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

  private static DemoScenario scenario() {
    return new DemoScenario(42, START);
  }

  private static List<String> texts(DemoScenario scenario) {
    return scenario.events().map(r -> r.sensor() + " " + text(r)).toList();
  }

  private static String text(DemoRecord r) {
    return new String(r.line(), UTF_8);
  }

  @Test
  void theSameSeedGivesTheSameBytesAndAnotherSeedOthers() {
    assertThat(texts(scenario().withLimit(5000))).isEqualTo(texts(scenario().withLimit(5000)));
    assertThat(texts(new DemoScenario(43, START).withLimit(100)))
        .isNotEqualTo(texts(scenario().withLimit(100)));
  }

  @Test
  void timesNeverRunBackAndFollowTheRate() {
    List<DemoRecord> all = scenario().withRate(300).withLimit(20_000).events().toList();
    for (int i = 1; i < all.size(); i++) {
      assertThat(all.get(i).at()).isAfterOrEqualTo(all.get(i - 1).at());
    }
    // The intrusion's few hundred lines come on top of the rate.
    assertThat(Duration.between(START, all.getLast().at()))
        .isBetween(Duration.ofSeconds(64), Duration.ofSeconds(67));
  }

  @Test
  void everySensorSpeaks() {
    Map<String, Integer> counts = new HashMap<>();
    scenario()
        .withBackgroundOnly()
        .withLimit(50_000)
        .events()
        .forEach(r -> counts.merge(r.sensor(), 1, Integer::sum));
    assertThat(counts.keySet())
        .containsExactlyInAnyOrder("zeek", "suricata", "asa", "squid", "syslog", "cef", "snort");
  }

  @Test
  void jsonSensorsWriteJsonWithFiveTuples() throws JsonException {
    var lines =
        scenario()
            .withIntrusion(Duration.ZERO, Duration.ofHours(1), 0.01)
            .withLimit(20_000)
            .iterator();
    while (lines.hasNext()) {
      DemoRecord r = lines.next();
      if (r.sensor().equals("zeek") || r.sensor().equals("suricata")) {
        Event event = EventJson.read(r.line());
        String source = r.sensor().equals("zeek") ? "id.orig_h" : "src_ip";
        String value = event.string(FieldCatalogue.get().field(source));
        assertThat(value).as(text(r)).isNotNull();
        assertThat(IpAddress.parse(value)).isPresent();
      }
    }
  }

  @Test
  void textSensorsWriteTheirFormats() {
    Map<String, Pattern> formats =
        Map.of(
            "asa",
                Pattern.compile(
                    "<16[46]>[A-Z][a-z]{2} \\d\\d \\d{4} \\d\\d:\\d\\d:\\d\\d asa-edge : %ASA-\\d-\\d{6}: .+"),
            "squid",
                Pattern.compile(
                    "\\d{10}\\.\\d{3} +\\d+ [\\d.]+ TCP_[A-Z]+/\\d{3} \\d+ [A-Z]+ \\S+ \\S+ HIER_DIRECT/[\\d.]+ \\S+"),
            "syslog",
                Pattern.compile(
                    "<\\d+>(1 \\d{4}-\\S+ \\S+ \\S+ \\d+ \\S+ - .+|[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d \\S+ [\\w/]+\\[\\d+]: .+)"),
            "cef",
                Pattern.compile(
                    "CEF:0\\|Sentrybit\\|Endpoint Guard\\|7\\.2\\|\\d+\\|[^|]+\\|\\d\\|rt=\\d{13} .+"),
            "snort",
                Pattern.compile(
                    "\\d\\d/\\d\\d/\\d\\d-\\d\\d:\\d\\d:\\d\\d\\.\\d{6} ,1,\\d+,4,\"[^\"]+\",TCP,.+"));
    scenario()
        .withIntrusion(Duration.ZERO, Duration.ofHours(1), 0.01)
        .withLimit(30_000)
        .events()
        .filter(r -> formats.containsKey(r.sensor()))
        .forEach(r -> assertThat(text(r)).matches(formats.get(r.sensor())));
  }

  @Test
  void theIntrusionIsSeenByAtLeastFourSensorsWithTheSameFiveTuples() {
    Set<String> sensors = new HashSet<>();
    Map<String, Set<String>> sensorsByPort = new HashMap<>();
    Pattern port =
        Pattern.compile("10\\.10\\.2\\.\\d+(?:/|\",\"(?:id\\.orig_p|src_port)\":)(\\d{5})");
    scenario()
        .withIntrusion(Duration.ofSeconds(1), Duration.ofHours(1), 0.05)
        .withRate(50)
        .withLimit(6000)
        .events()
        .filter(r -> text(r).contains("203.0.113.66"))
        .forEach(
            r -> {
              sensors.add(r.sensor());
              Matcher m = port.matcher(text(r));
              if (m.find()) {
                sensorsByPort.computeIfAbsent(m.group(1), p -> new HashSet<>()).add(r.sensor());
              }
            });
    assertThat(sensors).contains("zeek", "suricata", "asa", "cef");
    assertThat(sensorsByPort).hasSizeGreaterThan(15);
    assertThat(sensorsByPort.values())
        .filteredOn(s -> s.containsAll(List.of("zeek", "suricata", "asa")))
        .hasSizeGreaterThan(15);
  }

  @Test
  void theBackgroundHasNothingOfTheIntruder() {
    assertThat(texts(scenario().withBackgroundOnly().withLimit(50_000)))
        .noneMatch(t -> t.contains("203.0.113.66") || t.contains("invoice-share"));
  }

  @Test
  void everyNumberedLineHasItsOwnNumber() {
    Pattern number =
        Pattern.compile(
            "\"uid\":\"Cn(\\d{16})\"|\"flow_id\":(\\d+)|connection (\\d+) |[?&]seq=(\\d+)|sequenceId=\"(\\d+)\"|externalId=(\\d+)");
    List<Long> numbers = new ArrayList<>();
    scenario()
        .withNumbers(1000)
        .withLimit(20_000)
        .events()
        .forEach(
            r -> {
              Matcher m = number.matcher(text(r));
              assertThat(m.find()).as(text(r)).isTrue();
              for (int g = 1; g <= m.groupCount(); g++) {
                if (m.group(g) != null) {
                  numbers.add(Long.parseLong(m.group(g)));
                }
              }
            });
    assertThat(numbers).hasSize(20_000);
    for (int i = 0; i < numbers.size(); i++) {
      assertThat(numbers.get(i)).isEqualTo(1000 + i);
    }
  }

  @Test
  void theFeedNamesTheIntruder() {
    assertThat(DemoScenario.indicatorFeed().lines().toList())
        .anyMatch(l -> l.startsWith("203.0.113.66,ip,90,"))
        .anyMatch(l -> l.startsWith("cdn-telemetry.example,domain,"))
        .anyMatch(l -> l.startsWith("value,type,confidence,source,description"));
  }
}
