package metron.detection.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import metron.config.Fault;
import metron.config.Faults;
import metron.detection.Aggregator;
import metron.detection.Contribution;
import metron.detection.Detector;
import metron.detection.Scoring;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.IpAddress;
import metron.expression.TestResult;
import metron.stellar.Stellar;
import metron.stellar.function.Evaluation;
import org.junit.jupiter.api.Test;

class TriageRulesTest {
  private final Faults faults = new Faults();
  private final Faults warnings = new Faults();
  private final List<String> failed = new ArrayList<>();
  private final Event event = event();

  private static Event event() {
    Event event = new Event();
    event.set(Ecs.METRON_SENSOR, "squid");
    event.set(Ecs.SOURCE_IP, IpAddress.parse("10.0.0.9").orElseThrow());
    event.set(Ecs.DESTINATION_PORT, 8443);
    event.set(Ecs.URL_DOMAIN, "www.example.com");
    return event;
  }

  private TriageRules read(String... documents) {
    Map<String, String> files = new java.util.TreeMap<>();
    for (int i = 0; i < documents.length; i++) {
      files.put("triage/" + (char) ('a' + i) + ".yaml", documents[i]);
    }
    return TriageRules.read(
        files, Stellar.standard(), n -> "nosuch".equals(n) ? null : n, faults, warnings);
  }

  private List<Contribution> found(List<Contribution> before, String... documents) {
    Detector detector =
        read(documents)
            .detector(Map.of(), InstantSource.system())
            .forThread((rule, reason) -> failed.add(rule + ": " + reason));
    assertThat(faults.list()).isEmpty();
    List<Contribution> found = new ArrayList<>(before);
    detector.detect(event, found);
    return found;
  }

  @Test
  void aRuleThatIsTrueContributesReasonAndScore() {
    assertThat(
            found(
                List.of(),
                """
                applies: events
                rules:
                  - name: Odd port
                    comment: Web traffic belongs on 80 and 443
                    rule: ip_dst_port not in [80, 443] and exists(url.domain)
                    reason: ${url.domain} is asked on port ${ip_dst_port}
                    score: 10 + ip_dst_port / 1000
                  - rule: ip_dst_port == 80
                    score: 99
                  - rule: IN_SUBNET(ip_src_addr, '10.0.0.0/8')
                    comment: from inside
                    score: 5
                """))
        .containsExactly(
            new Contribution(
                Contribution.Kind.TRIAGE, "Odd port", "www.example.com is asked on port 8443", 18),
            new Contribution(
                Contribution.Kind.TRIAGE,
                "IN_SUBNET(ip_src_addr, '10.0.0.0/8')",
                "from inside",
                5));
  }

  @Test
  void withoutAWordRulesAreForAlertsAsInMetron() {
    String rules = "rules: [{rule: 'true', score: 50}]";
    assertThat(found(List.of(), rules)).isEmpty();
    Contribution ids = new Contribution(Contribution.Kind.IDS, "s", "r", 20);
    assertThat(found(List.of(ids), rules)).hasSize(2);
    event.set(Ecs.METRON_IS_ALERT, true);
    assertThat(found(List.of(), rules)).hasSize(1);
  }

  @Test
  void aRuleThatMakesAnAlertWakesThoseForAlerts() {
    assertThat(
            found(
                List.of(),
                "applies: events\nrules: [{name: first, rule: 'true', score: 1}]",
                "rules: [{name: second, rule: 'true', score: 2}]"))
        .extracting(Contribution::name)
        .containsExactly("first", "second");
  }

  @Test
  void aDocumentIsForItsSensorsAlone() {
    String rules = "applies: events\nrules: [{rule: 'true', score: 50}]\nsensors: ";
    assertThat(found(List.of(), rules + "[asa]")).isEmpty();
    assertThat(found(List.of(), rules + "[asa, squid]")).hasSize(1);
  }

  @Test
  void anEventOfNoSensorIsAskedWhatIsForEverySensor() {
    event.remove(Ecs.METRON_SENSOR);
    String rules = "applies: events\nrules: [{name: %s, rule: 'true', score: 50}]\n";
    assertThat(
            found(List.of(), rules.formatted("all"), rules.formatted("one") + "sensors: [squid]"))
        .extracting(Contribution::name)
        .containsExactly("all");
  }

  @Test
  void aFailingRuleIsToldAndTheOthersGoOn() {
    assertThat(
            found(
                List.of(),
                """
                applies: events
                rules:
                  - {name: broken, rule: TO_INTEGER(url.domain) / 0 > 1, score: 1}
                  - {name: broken score, rule: 'true', score: 1 / 0}
                  - {name: sound, rule: 'true', score: 40}
                """))
        .extracting(Contribution::name)
        .containsExactly("sound");
    assertThat(failed).hasSize(2);
    assertThat(failed).anySatisfy(f -> assertThat(f).startsWith("triage/a.yaml: broken: "));
    assertThat(event.values(Ecs.METRON_SKIPPED))
        .containsExactlyInAnyOrder("triage/a.yaml: broken", "triage/a.yaml: broken score");
  }

  @Test
  void theRulesOfADocumentWithAnAggregatorCountAsOne() {
    List<Contribution> found =
        found(
            List.of(),
            """
            applies: events
            aggregator: sum
            rules:
              - {rule: 'true', score: 30}
              - {rule: 'true', score: 25}
            """,
            "applies: events\nrules: [{rule: 'true', score: 40}]");
    new Scoring(List.of(), Aggregator.MAX).conclude(event, found);
    assertThat(event.doubleValue(Ecs.EVENT_RISK_SCORE, 0)).isEqualTo(55);
    assertThat(event.values(Ecs.METRON_CONTRIBUTIONS_SCORE)).containsExactly(40.0, 30.0, 25.0);
  }

  @Test
  void aScoreStaysWithinZeroAndAHundred() {
    assertThat(
            found(
                List.of(),
                """
                applies: events
                rules:
                  - {rule: 'true', score: 1000 + 1}
                  - {rule: 'true', score: 0 - 5}
                  - {rule: 'true', score: url.domain}
                """))
        .extracting(Contribution::score)
        .containsExactly(100.0, 0.0, 0.0);
  }

  @Test
  void rulesOfMetronAreReadAsMetronReadsThem() {
    String rules =
        "applies: events\nrules: [{rule: 'false and true or true', reason: %s, score: 1}]";
    assertThat(found(List.of(), rules.formatted("yes"))).hasSize(1);
    assertThat(warnings.list()).singleElement().asString().contains("triage/a.yaml:2", "Metron");
    assertThat(
            found(
                List.of(),
                "compatibility: metron\n"
                    + rules.formatted("\"FORMAT('%s', url.domain)\"").replace("false and ", "")))
        .singleElement()
        .satisfies(c -> assertThat(c.reason()).isEqualTo("www.example.com"));
    assertThat(found(List.of(), "compatibility: metron\n" + rules.formatted("\"'x'\""))).isEmpty();
  }

  @Test
  void everyFaultIsNamedWithItsPlace() {
    read(
        """
        sensors: [nosuch]
        applies: everything
        rules:
          - {name: a, rule: 'ip_dst_port in [80', score: 1}
          - {name: b, rule: 'true', score: 101}
          - {name: c, rule: 'true'}
          - {name: d, score: 1}
          - {name: e, rule: 'LENGHT(user.name)', score: 1, raeson: x}
        """);
    assertThat(faults.list())
        .extracting(Fault::toString)
        .anySatisfy(f -> assertThat(f).contains("a.yaml:1:", "nosuch"))
        .anySatisfy(f -> assertThat(f).contains("a.yaml:2:", "alerts, events"))
        .anySatisfy(f -> assertThat(f).contains("a.yaml:4:", "^"))
        .anySatisfy(f -> assertThat(f).contains("a.yaml:5:", "from 0 to 100"))
        .anySatisfy(f -> assertThat(f).contains("a.yaml:6:", "score"))
        .anySatisfy(f -> assertThat(f).contains("a.yaml:7:", "rule"))
        .anySatisfy(f -> assertThat(f).contains("a.yaml:8:", "LENGTH"))
        .anySatisfy(f -> assertThat(f).contains("a.yaml:8:", "raeson", "reason"));
  }

  @Test
  void testsInADocumentSayWhatIsNotAsItMustBe() {
    TriageRules read =
        read(
            """
            rules:
              - {name: port, rule: ip_dst_port == 22, score: 30, reason: 'port ${ip_dst_port}'}
              - {name: host, rule: host.name == 'a', score: 10}
            tests:
              - {event: {ip_dst_port: 22}, fires: port, score: 30, reason: port 22}
              - {event: {ip_dst_port: 23}, fires: []}
              - {event: {ip_dst_port: 22, host.name: a}, fires: [host]}
              - {event: {ip_dst_port: 23}, fires: [port]}
              - {event: {ip_dst_port: 22}, fires: [port, prot]}
              - {event: {ip_dst_port: 22}, fires: [port], score: 31}
              - {event: {ip_dst_port: 22}, fires: [port], reason: port 23}
            """);
    assertThat(faults.list()).isEmpty();
    List<TestResult> results = read.test(Evaluation.standard());
    assertThat(results.subList(0, 2)).allMatch(TestResult::passed);
    assertThat(results.subList(2, 7))
        .extracting(TestResult::complaint)
        .satisfiesExactly(
            c -> assertThat(c).contains("'port' fires, which is not expected"),
            c -> assertThat(c).contains("'port' fires, but it is false"),
            c -> assertThat(c).contains("no such rule"),
            c -> assertThat(c).contains("expected score 31.0, found 30.0"),
            c -> assertThat(c).contains("port 23", "port 22"));
  }
}
