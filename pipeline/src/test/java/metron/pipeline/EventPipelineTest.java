package metron.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import metron.detection.Contribution;
import metron.detection.Detector;
import metron.enrichment.Enricher;
import metron.event.DeadLetter;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.IpAddress;
import metron.event.RawMessage;
import metron.parsers.ParseResult;
import metron.parsers.Parser;
import metron.parsers.Sensors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class EventPipelineTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Instant RECEIVED = Instant.parse("2026-03-01T09:59:58.5Z");

  private final StepFaults faults = new StepFaults();
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void saysWhereAnEventComesFromAndWhatMadeIt() {
    Event event = accepted(pipeline(TestDefinitions.PARSER).process(raw("hello"))).getFirst();
    assertThat(event.string(Ecs.EVENT_ID)).isEqualTo("raw.test-1-42");
    assertThat(event.string(Ecs.EVENT_ORIGINAL)).isEqualTo("hello");
    // sha256sum of "hello"
    assertThat(event.string(Ecs.EVENT_HASH))
        .isEqualTo("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
    assertThat(event.get(Ecs.EVENT_INGESTED)).isEqualTo(RECEIVED);
    assertThat(event.get(Ecs.TIMESTAMP)).isEqualTo(RECEIVED);
    assertThat(event.string(Ecs.EVENT_MODULE)).isEqualTo("test");
    assertThat(event.string(Ecs.METRON_SENSOR)).isEqualTo("test");
    assertThat(event.string(Ecs.METRON_ORIGIN)).isEqualTo("raw.test/1/42");
    assertThat(event.longValue(Ecs.METRON_EPOCH_PARSER, -1)).isEqualTo(7);
    assertThat(event.longValue(Ecs.METRON_EPOCH_ENRICHMENT, -1)).isEqualTo(8);
    assertThat(event.longValue(Ecs.METRON_EPOCH_RULES, -1)).isEqualTo(9);
  }

  @Test
  void numbersTheEventsOfOneMessage() {
    assertThat(accepted(pipeline(TestDefinitions.PARSER).process(raw("a|b|c"))))
        .extracting(e -> e.string(Ecs.EVENT_ID))
        .containsExactly("raw.test-1-42", "raw.test-1-42.1", "raw.test-1-42.2");
  }

  @Test
  void givesTheSameEventOnAReplay() {
    List<Event> once = accepted(pipeline(TestDefinitions.PARSER).process(raw("a|b")));
    assertThat(accepted(pipeline(TestDefinitions.PARSER).process(raw("a|b")))).isEqualTo(once);
  }

  @Test
  void gathersEveryEntityOfTheEventAndItsCommunityId() {
    Event event =
        accepted(
                pipeline(
                        parsing(
                            e -> {
                              e.set(Ecs.SOURCE_IP, ip("10.0.0.1"));
                              e.set(Ecs.SOURCE_PORT, 1000L);
                              e.set(Ecs.DESTINATION_IP, ip("192.0.2.9"));
                              e.set(Ecs.DESTINATION_PORT, 443L);
                              e.set(Ecs.NETWORK_TRANSPORT, "tcp");
                              e.set(Ecs.HOST_NAME, "pc1");
                              e.set(Ecs.URL_DOMAIN, "example.org");
                              e.set(Ecs.USER_NAME, "ann");
                              e.set(Ecs.FILE_HASH_SHA256, "ab12");
                            }))
                    .process(raw("x")))
            .getFirst();
    assertThat(event.values(Ecs.RELATED_IP)).containsExactly(ip("10.0.0.1"), ip("192.0.2.9"));
    assertThat(event.values(Ecs.RELATED_HOSTS)).containsExactly("pc1", "example.org");
    assertThat(event.values(Ecs.RELATED_USER)).containsExactly("ann");
    assertThat(event.values(Ecs.RELATED_HASH)).containsExactly("ab12");
    assertThat(event.string(Ecs.NETWORK_COMMUNITY_ID)).startsWith("1:");
  }

  @Test
  void keepsARefusedMessageWithItsBytesStageAndReason() {
    DeadLetter letter = dead(pipeline(TestDefinitions.PARSER).process(raw("bad line")));
    assertThat(letter.raw().text()).isEqualTo("bad line");
    assertThat(letter.stage()).isEqualTo(DeadLetter.Stage.PARSE);
    assertThat(letter.reason()).isEqualTo("at byte 0: found 'bad', expected anything else");
    assertThat(letter.at()).isEqualTo(NOW);
  }

  @Test
  void leavesOutWhatTheSensorFilters() {
    assertThat(pipeline(TestDefinitions.PARSER).process(raw("# header")))
        .isEqualTo(new Outcome.Filtered("comment"));
  }

  @Test
  void transformsBeforeAnythingElseLooksAtTheEvent() throws Exception {
    EventPipeline pipeline =
        transforming(
            """
            transformations:
              - stellar: {source.ip: message}
                when: message != 'keep'
            filter: message != '10.0.0.9'
            """);
    Event event = accepted(pipeline.process(raw("10.0.0.1"))).getFirst();
    assertThat(event.values(Ecs.RELATED_IP)).containsExactly(ip("10.0.0.1"));
    assertThat(accepted(pipeline.process(raw("10.0.0.1|10.0.0.9|keep"))))
        .extracting(e -> e.string(Ecs.EVENT_ID))
        .containsExactly("raw.test-1-42", "raw.test-1-42.2");
    assertThat(pipeline.process(raw("10.0.0.9")))
        .isEqualTo(new Outcome.Filtered("transformations/t.yaml"));
    DeadLetter letter = dead(pipeline.process(raw("10.0.0.1|nowhere")));
    assertThat(letter.stage()).isEqualTo(DeadLetter.Stage.TRANSFORM);
    assertThat(letter.reason())
        .isEqualTo("transformations/t.yaml: field source.ip takes an address, found 'nowhere'");
  }

  @Test
  void triageRulesComeLastAndAFailingOneIsCounted() throws Exception {
    PipelineDefinition definition =
        read(
            Map.of(
                "triage/t.yaml",
                """
                rules:
                  - {name: inside, rule: "IN_SUBNET(source.ip, '10.0.0.0/8')", score: 30}
                  - {name: broken, rule: "1 / TO_INTEGER('0') > 1", score: 99}
                """,
                "triage/u.yaml",
                "applies: events\nrules: [{rule: \"message == '10.0.0.1'\", score: 5}]",
                "transformations/t.yaml",
                "transformations: [{stellar: {source.ip: message}}]"));
    EventPipeline pipeline = definition.newPipeline(faults, InstantSource.fixed(NOW));
    Event event = accepted(pipeline.process(raw("10.0.0.1"))).getFirst();
    assertThat(event.doubleValue(Ecs.EVENT_RISK_SCORE, -1)).isEqualTo(30);
    assertThat(event.values(Ecs.METRON_SKIPPED)).containsExactly("triage/t.yaml: broken");
    assertThat(faults.counts()).containsEntry("triage/t.yaml: broken: no answer", 1L);
    assertThat(accepted(pipeline.process(raw("10.0.0.2"))).getFirst().has(Ecs.EVENT_RISK_SCORE))
        .isFalse();
  }

  @Test
  void sigmaRulesContributeByTheirLevelAndNameTheirAuthor() throws Exception {
    PipelineDefinition definition =
        read(
            Map.of(
                "transformations/t.yaml",
                "transformations: [{stellar: {event.dataset: \"'zeek.dns'\","
                    + " dns.question.name: message}}]",
                "sigma/a.yml",
                """
                title: Strange name
                id: 7b6c1c6e-3b0c-4a57-9a4b-1d3f3e2f5a10
                author: A. Writer
                level: high
                logsource: {category: dns}
                tags: [attack.command-and-control, attack.t1071.004]
                detection: {s: {query|endswith: .evil.example}, condition: s}
                """,
                "sigma/b.yml",
                "title: elsewhere\nlogsource: {product: nowhere}\n"
                    + "detection: {s: {query: x}, condition: s}"));
    assertThat(definition.warnings())
        .singleElement()
        .asString()
        .contains("sigma/b.yml", "'elsewhere' is not asked", "product nowhere");
    Event event =
        accepted(
                definition
                    .newPipeline(faults, InstantSource.fixed(NOW))
                    .process(raw("a.EVIL.example")))
            .getFirst();
    assertThat(event.doubleValue(Ecs.EVENT_RISK_SCORE, -1)).isEqualTo(75);
    assertThat(event.string(Ecs.EVENT_REASON))
        .isEqualTo("Sigma rule 'Strange name' (high by A. Writer) matches");
    assertThat(event.toString())
        .contains("rule.id=7b6c1c6e", "threat.technique.id=[T1071]", "T1071.004")
        .contains("threat.tactic.name=[command and control]");
  }

  private EventPipeline transforming(String document) throws Exception {
    return read(Map.of("transformations/t.yaml", document))
        .newPipeline(faults, InstantSource.fixed(NOW));
  }

  /// The definition of some files, with the parser of the tests.
  private static PipelineDefinition read(Map<String, String> files) throws Exception {
    PipelineDefinition read =
        new DefinitionReader(
                java.nio.file.Path.of("."),
                List.of(),
                new metron.enrichment.indicator.IndicatorTable(),
                InstantSource.system())
            .read(files, Epochs.SHIPPED);
    return new PipelineDefinition(
        read.epochs(),
        read.sensors(),
        _ -> Optional.of(TestDefinitions.PARSER),
        read.transformations(),
        read.services(),
        read.enrichers(),
        read.detectors(),
        read.triage(),
        read.score(),
        read.warnings());
  }

  @Test
  void namesASensorThatThereIsNot() {
    EventPipeline pipeline = pipeline(_ -> Optional.empty(), List.of(), List.of());
    assertThat(dead(pipeline.process(raw("x"))).reason()).contains("no sensor 'test'");
  }

  @Test
  void tellsTheLengthOfAnOversizeRecord() {
    RawMessage cut =
        new RawMessage(
            "test",
            "raw.test",
            0,
            1,
            RECEIVED,
            new byte[10],
            Map.of(EventPipeline.OVERSIZE, "5000000"));
    assertThat(dead(pipeline(TestDefinitions.PARSER).process(cut)).reason())
        .contains("5000000 bytes");
  }

  @Test
  void countsAFaultOfAStepAndKeepsTheMessage() {
    Enricher faulty =
        new Enricher() {
          @Override
          public String name() {
            return "faulty";
          }

          @Override
          public void enrich(Event event) {
            throw new IllegalStateException("no database");
          }
        };
    EventPipeline pipeline =
        pipeline(_ -> Optional.of(TestDefinitions.PARSER), List.of(faulty), List.of());
    for (int i = 0; i < 3; i++) {
      DeadLetter letter = dead(pipeline.process(raw("x")));
      assertThat(letter.stage()).isEqualTo(DeadLetter.Stage.ENRICH);
      assertThat(letter.reason()).contains("faulty", "no database");
    }
    assertThat(faults.counts()).containsExactly(Map.entry("faulty: IllegalStateException", 3L));
  }

  @Test
  void scoresWhatDetectorsFound() {
    Detector suspicious =
        detector(
            "suspicious",
            found ->
                found.add(
                    new Contribution(Contribution.Kind.IDS, "rule", "because of a test", 40)));
    Event event =
        accepted(
                pipeline(_ -> Optional.of(TestDefinitions.PARSER), List.of(), List.of(suspicious))
                    .process(raw("x")))
            .getFirst();
    assertThat(event.string(Ecs.EVENT_REASON)).isEqualTo("because of a test");
  }

  @Test
  void marksASlowStepAndLeavesItOutForAWhile() {
    List<String> ran = new ArrayList<>();
    Enricher slow =
        new Enricher() {
          @Override
          public String name() {
            return "slow";
          }

          @Override
          public void enrich(Event event) {
            ran.add("run");
            nanos.addAndGet(EventPipeline.STEP_BUDGET.toNanos() + 1);
          }
        };
    EventPipeline pipeline =
        pipeline(_ -> Optional.of(TestDefinitions.PARSER), List.of(slow), List.of());
    for (int i = 0; i < 10; i++) {
      Event event = accepted(pipeline.process(raw("x"))).getFirst();
      assertThat(event.values(Ecs.METRON_SKIPPED)).containsExactly("slow");
    }
    assertThat(ran).hasSize(TimeGuard.STRIKES);
    nanos.addAndGet(TimeGuard.REST.toNanos());
    pipeline.process(raw("x"));
    assertThat(ran).hasSize(TimeGuard.STRIKES + 1);
  }

  @Test
  void marksASlowDetectorByItsName() {
    Detector slow = detector("slow", _ -> nanos.addAndGet(EventPipeline.STEP_BUDGET.toNanos() + 1));
    Event event =
        accepted(
                pipeline(_ -> Optional.of(TestDefinitions.PARSER), List.of(), List.of(slow))
                    .process(raw("x")))
            .getFirst();
    assertThat(event.values(Ecs.METRON_SKIPPED)).containsExactly("slow");
  }

  @Property(tries = 300)
  void takesAnyBytesForEveryShippedSensor(@ForAll byte[] bytes) {
    EventPipeline pipeline =
        pipeline(
            name -> Sensors.shipped().sensor(name).map(s -> s.newParser()), List.of(), List.of());
    for (var sensor : Sensors.shipped().all()) {
      Outcome outcome =
          pipeline.process(
              new RawMessage(
                  sensor.name(), "raw." + sensor.name(), 0, 0, RECEIVED, bytes, Map.of()));
      assertThat(outcome).isNotNull();
    }
    assertThat(faults.counts()).isEmpty();
  }

  private static Detector detector(String name, Consumer<List<Contribution>> finds) {
    return new Detector() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void detect(Event event, List<Contribution> contributions) {
        finds.accept(contributions);
      }
    };
  }

  private EventPipeline pipeline(Parser parser) {
    return pipeline(_ -> Optional.of(parser), List.of(), List.of());
  }

  private EventPipeline pipeline(
      EventPipeline.Parsers parsers, List<Enricher> enrichers, List<Detector> detectors) {
    return new EventPipeline(
        parsers,
        EventPipeline.Transforms.none(),
        enrichers,
        detectors,
        (event, found) -> event.set(Ecs.EVENT_REASON, found.getFirst().reason()),
        new Epochs(7, 8, 9),
        faults,
        InstantSource.fixed(NOW),
        nanos::get);
  }

  private static Parser parsing(Consumer<Event> fill) {
    return _ -> {
      Event event = new Event();
      fill.accept(event);
      return ParseResult.Parsed.one(event);
    };
  }

  private static RawMessage raw(String text) {
    return new RawMessage(
        "test", "raw.test", 1, 42, RECEIVED, text.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  private static IpAddress ip(String text) {
    return IpAddress.parse(text).orElseThrow();
  }

  private static List<Event> accepted(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
    return ((Outcome.Accepted) outcome).events();
  }

  private static DeadLetter dead(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Dead.class);
    return ((Outcome.Dead) outcome).letter();
  }
}
