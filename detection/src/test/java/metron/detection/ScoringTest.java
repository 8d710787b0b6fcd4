package metron.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import metron.config.ConfigNode;
import metron.config.Faults;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.Field;
import metron.event.FieldCatalogue;
import metron.event.IpAddress;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoringTest {
  private static Field f(String name) {
    return FieldCatalogue.get().field(name);
  }

  private static Event alert(String sensor, long severity) {
    Event event = new Event();
    event.set(Ecs.METRON_SENSOR, sensor);
    event.set(Ecs.EVENT_KIND, "alert");
    event.set(Ecs.EVENT_SEVERITY, severity);
    event.set(Ecs.RULE_NAME, "ET MALWARE Beacon");
    event.set(Ecs.SOURCE_IP, IpAddress.parse("10.10.1.23").orElseThrow());
    event.set(Ecs.DESTINATION_IP, IpAddress.parse("203.0.113.7").orElseThrow());
    return event;
  }

  private static List<Contribution> found(Detector detector, Event event) {
    List<Contribution> out = new ArrayList<>();
    detector.detect(event, out);
    return out;
  }

  @Test
  void anIndicatorMakesAnAlertWithAReadableReason() {
    Event event = new Event();
    event.set(Ecs.THREAT_INDICATOR_NAME, "203.0.113.7");
    event.set(f("threat.enrichments.indicator.name"), List.of("203.0.113.7", "bad.example"));
    event.set(f("threat.enrichments.indicator.provider"), List.of("demo-feed", "other"));
    event.set(f("threat.enrichments.indicator.description"), List.of("C2", ""));
    event.set(
        f("threat.enrichments.matched.field"), List.of("destination.ip", "dns.question.name"));
    event.set(f("threat.enrichments.matched.atomic"), List.of("203.0.113.7", "x.bad.example"));
    event.set(f("metron.indicators.confidence"), List.of(90L, 40L));

    assertThat(DetectionConfig.DEFAULT.scoring().score(event)).isTrue();
    assertThat(event.doubleValue(Ecs.EVENT_RISK_SCORE, 0)).isEqualTo(90);
    assertThat(event.string(Ecs.EVENT_KIND)).isEqualTo("alert");
    assertThat(event.get(Ecs.METRON_IS_ALERT)).isEqualTo(true);
    assertThat(event.string(Ecs.EVENT_REASON))
        .isEqualTo(
            "Destination 203.0.113.7 is listed by demo-feed as C2 (confidence 90) (and 1 more"
                + " sign)");
    assertThat(ContributionFields.read(event))
        .containsExactly(
            new Contribution(
                Contribution.Kind.INDICATOR,
                "demo-feed",
                "Destination 203.0.113.7 is listed by demo-feed as C2 (confidence 90)",
                90),
            new Contribution(
                Contribution.Kind.INDICATOR,
                "other",
                "DNS query x.bad.example falls under bad.example, which is listed by other"
                    + " (confidence 40)",
                40));
  }

  @Test
  void anEventWithoutAnythingSuspiciousStaysAsItWas() {
    Event event = new Event();
    event.set(Ecs.EVENT_KIND, "event");
    event.set(Ecs.EVENT_SEVERITY, 1);
    Event before = event.copy();
    assertThat(DetectionConfig.DEFAULT.scoring().score(event)).isFalse();
    assertThat(event).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "suricata, 1, 80",
    "suricata, 2, 55",
    "suricata, 3, 30",
    "suricata, 4, 15",
    "suricata, 255, 15",
    "snort, 1, 80",
    "snort, 3, 30",
    "cef, 9, 90",
    "asa, 3, 50"
  })
  void theSensorsSeverityGivesTheScore(String sensor, long severity, double score) {
    assertThat(found(new IdsDetector(), alert(sensor, severity)))
        .extracting(Contribution::score)
        .containsExactly(score);
  }

  @Test
  void theReasonNamesSignatureEndsAndSeverity() {
    Event event = alert("suricata", 1);
    event.set(Ecs.RULE_CATEGORY, "Malware Command and Control Activity Detected");
    assertThat(found(new IdsDetector(), event).getFirst().reason())
        .isEqualTo(
            "Suricata alert 'ET MALWARE Beacon' from 10.10.1.23 to 203.0.113.7 (severity 1,"
                + " Malware Command and Control Activity Detected)");
  }

  @Test
  void whatTheSensorBlockedWeighsLess() {
    Event event = alert("suricata", 1);
    event.set(Ecs.EVENT_TYPE, List.of("info", "denied"));
    Contribution c = found(new IdsDetector(), event).getFirst();
    assertThat(c.score()).isEqualTo(60);
    assertThat(c.reason()).endsWith("blocked by the sensor");
  }

  @ParameterizedTest
  @CsvSource({
    "SSH::Password_Guessing, 60",
    "Something::New, 45",
    "TeamCymruMalwareHashRegistry::Match, 85"
  })
  void aZeekNoticeIsScoredByItsName(String note, double score) {
    Event event = new Event();
    event.set(Ecs.EVENT_DATASET, "zeek.notice");
    event.set(Ecs.RULE_NAME, note);
    event.set(Ecs.MESSAGE, "10.0.0.1 did it");
    Contribution c = found(new IdsDetector(), event).getFirst();
    assertThat(c.score()).isEqualTo(score);
    assertThat(c.reason()).isEqualTo("Zeek notice " + note + ": 10.0.0.1 did it");
  }

  @Test
  void zeeksOwnHealthIsNoAlert() {
    Event event = new Event();
    event.set(Ecs.EVENT_DATASET, "zeek.notice");
    event.set(Ecs.RULE_NAME, "CaptureLoss::Too_Much_Loss");
    assertThat(found(new IdsDetector(), event)).isEmpty();
  }

  @Test
  void whatIsBelowTheMinimumStaysAnEvent() {
    assertThat(found(new IdsDetector(40), alert("suricata", 3))).isEmpty();
    assertThat(found(new IdsDetector(40), alert("suricata", 2))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"MAX, 80", "MEAN, 40", "SUM, 100", "MIN, 0", "POSITIVE_MEAN, 60"})
  void aggregates(Aggregator aggregator, double expected) {
    assertThat(aggregator.of(List.of(of(80), of(0), of(40)))).isEqualTo(expected);
    assertThat(aggregator.of(List.of())).isZero();
  }

  @Property(tries = 200)
  void everyAggregateIsBetweenZeroAndAHundred(
      @ForAll List<@DoubleRange(min = 0, max = 100) Double> scores) {
    List<Contribution> all = scores.stream().map(ScoringTest::of).toList();
    for (Aggregator a : Aggregator.values()) {
      assertThat(a.of(all)).isBetween(0.0, 100.0);
    }
  }

  @Test
  void aSevereCefEventIsAnAlertWithoutBeingCalledOne() {
    Event event = alert("cef", 7);
    event.set(Ecs.EVENT_KIND, "event");
    event.set(Ecs.OBSERVER_PRODUCT, "Endpoint Guard");
    Contribution c = found(new IdsDetector(), event).getFirst();
    assertThat(c.score()).isEqualTo(70);
    assertThat(c.reason()).startsWith("Endpoint Guard alert").endsWith("(severity 7 of 10)");
    event.set(Ecs.EVENT_SEVERITY, 6);
    assertThat(found(new IdsDetector(), event)).isEmpty();
  }

  @Test
  void aDeniedVisitOfAListedAddressWeighsLess() {
    Event event = new Event();
    event.set(Ecs.EVENT_TYPE, List.of("connection", "denied"));
    event.set(Ecs.THREAT_INDICATOR_NAME, "203.0.113.7");
    event.set(f("threat.enrichments.indicator.name"), "203.0.113.7");
    event.set(f("threat.enrichments.matched.field"), "source.ip");
    event.set(f("threat.enrichments.matched.atomic"), "203.0.113.7");
    event.set(f("metron.indicators.confidence"), List.of(90L));
    Contribution c = found(new IndicatorDetector(), event).getFirst();
    assertThat(c.score()).isEqualTo(70);
    assertThat(c.reason())
        .isEqualTo("Source 203.0.113.7 is listed (confidence 90), blocked by the sensor");
  }

  @Test
  void aWordForEachScore() {
    assertThat(Severity.of(0).word()).isEqualTo("low");
    assertThat(Severity.of(40).word()).isEqualTo("medium");
    assertThat(Severity.of(70).word()).isEqualTo("high");
    assertThat(Severity.of(100).word()).isEqualTo("critical");
  }

  @Test
  void readsItsConfigurationAndNamesFaults() {
    Faults faults = new Faults();
    DetectionConfig config =
        DetectionConfig.read(
            ConfigNode.parse("metron.yaml", "aggregator: positive-mean\nminimumScore: 20", faults)
                .section(faults));
    assertThat(faults.list()).isEmpty();
    assertThat(config).isEqualTo(new DetectionConfig(Aggregator.POSITIVE_MEAN, 20));
    DetectionConfig.read(
        ConfigNode.parse("metron.yaml", "agregator: max\nminimumScore: 200", faults)
            .section(faults));
    assertThat(faults.list()).hasSize(2);
  }

  private static Contribution of(double score) {
    return new Contribution(Contribution.Kind.TRIAGE, "rule", "reason", score);
  }
}
