package metron.pipeline.flink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import metron.enrichment.indicator.Indicator;
import metron.enrichment.indicator.IndicatorJson;
import metron.enrichment.indicator.IndicatorType;
import metron.event.DeadLetter;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.FieldCatalogue;
import metron.pipeline.DefinitionReader;
import metron.pipeline.FakeAlertStore;
import metron.pipeline.FakeEventStore;
import metron.pipeline.Ledger;
import metron.pipeline.LiveConfiguration;
import metron.pipeline.ReferenceTables;
import metron.pipeline.StepFaults;
import metron.pipeline.kafka.DeadLetterLog;
import metron.pipeline.kafka.KafkaRawLog;
import metron.pipeline.kafka.KeyedTopic;
import metron.pipeline.kafka.RawLog;
import metron.pipeline.kafka.TopicCreator;
import metron.pipeline.kafka.TopicFollower;
import metron.pipeline.kafka.Topics;
import metron.pipeline.kafka.embedded.EmbeddedBroker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is written to topics `config` and `reference.indicators` reaches the running job, and nothing that is sent meanwhile
/// is lost.
class LiveChangeTest {
  private static final String SENSOR = "sensors/door.yaml";
  private static final String PARTS = "live-change";

  @TempDir Path kafka;
  @TempDir Path dir;
  private final FakeEventStore events = new FakeEventStore();
  private final FakeAlertStore alerts = new FakeAlertStore();
  private final Ledger ledger = new Ledger();
  private final ReferenceTables tables = new ReferenceTables();
  private final LiveConfiguration live =
      new LiveConfiguration(
          new DefinitionReader(
              Path.of("."), List.of(), tables.indicators(), InstantSource.system()));
  private EmbeddedBroker broker;
  private RawLog log;
  private KeyedTopic config;
  private KeyedTopic indicators;
  private TopicFollower configFollower;
  private TopicFollower indicatorFollower;
  private StreamJob job;
  private int sent;

  @BeforeEach
  void start() throws Exception {
    broker = EmbeddedBroker.start(kafka, 0);
    String brokers = broker.address();
    try (var topics = new TopicCreator(brokers, 1)) {
      topics.ensureShared();
    }
    log = new KafkaRawLog(KafkaRawLog.Config.of(brokers));
    config = new KeyedTopic(brokers, Topics.CONFIG);
    indicators = new KeyedTopic(brokers, Topics.INDICATORS);
    configFollower = TopicFollower.configuration(brokers, live);
    indicatorFollower = TopicFollower.indicators(brokers, tables);
    PipelineParts.register(
        PARTS, new PipelineParts(events, alerts, live::current, new StepFaults(), ledger));
    job = StreamJob.start(new StreamJob.Config(brokers, PARTS, dir, 1, Duration.ofMillis(500)));
  }

  @AfterEach
  void stop() {
    job.close();
    PipelineParts.unregister(PARTS);
    configFollower.close();
    indicatorFollower.close();
    config.close();
    indicators.close();
    log.close();
    broker.close();
  }

  @Test
  void takesUpASensorItsChangesAndItsEndAndRefusesABrokenOne() throws Exception {
    send("door", "1,ann");
    await(() -> dead() == 1);
    assertThat(letters().getFirst().reason()).contains("there is no sensor 'door'");

    long first = config.putNow(SENSOR, utf8(door("host.name")));
    await(() -> live.current().sensors().sensor("door").isPresent());
    send("door", "2,bob");
    Event bob = event("2,bob");
    assertThat(bob.string(field("host.name"))).isEqualTo("bob");
    assertThat(bob.longValue(Ecs.METRON_EPOCH_PARSER, -1)).isEqualTo(first + 1);

    long second = config.putNow(SENSOR, utf8(door("user.name")));
    await(() -> live.current().epochs().parser() == second + 1);
    send("door", "3,cid");
    assertThat(event("3,cid").string(Ecs.USER_NAME)).isEqualTo("cid");

    // Broken: said with file and line, and the one before goes on.
    long _ = config.putNow(SENSOR, utf8(door("user.nme") + "fromat: 1\n"));
    await(() -> !live.state().faults().isEmpty());
    assertThat(live.state().faults())
        .extracting(Object::toString)
        .anySatisfy(f -> assertThat(f).contains(SENSOR + ":9", "user.nme", "ECS"))
        .anySatisfy(f -> assertThat(f).contains(SENSOR + ":10", "fromat", "format"));
    send("door", "4,dan");
    Event dan = event("4,dan");
    assertThat(dan.string(Ecs.USER_NAME)).isEqualTo("dan");
    assertThat(dan.longValue(Ecs.METRON_EPOCH_PARSER, -1)).isEqualTo(second + 1);

    // Not even YAML, then bytes that are no text, then mended.
    long _ = config.putNow(SENSOR, utf8("name: [door\n\t:::"));
    long _ = config.putNow("sensors/other.yaml", new byte[] {(byte) 0xff, 0, (byte) 0xfe});
    await(() -> live.state().faults().toString().contains("sensors/other.yaml"));
    send("door", "5,eve");
    assertThat(event("5,eve").string(Ecs.USER_NAME)).isEqualTo("eve");
    long _ = config.putNow("sensors/other.yaml", null);
    long _ = config.putNow(SENSOR, utf8(door("source.user.name")));
    await(() -> live.state().faults().isEmpty());
    send("door", "6,fay");
    assertThat(event("6,fay").string(field("source.user.name"))).isEqualTo("fay");

    long _ = config.putNow(SENSOR, null);
    await(() -> live.current().sensors().sensor("door").isEmpty());
    send("door", "7,gus");
    await(() -> dead() == 2);
    assertNothingLost();
  }

  @Test
  void takesUpIndicatorsAndNetworks() throws Exception {
    long _ = config.putNow(SENSOR, utf8(door("source.ip")));
    await(() -> live.current().sensors().sensor("door").isPresent());
    send("door", "1,203.0.113.9");
    assertThat(event("1,203.0.113.9").has(Ecs.METRON_IS_ALERT)).isFalse();

    Indicator listed = Indicator.of(IndicatorType.IP, "203.0.113.9", 90, "test", "a door");
    long _ = indicators.putNow(listed.id(), IndicatorJson.write(listed));
    await(() -> tables.indicators().size() == 1);
    send("door", "2,203.0.113.9");
    Event alert = event("2,203.0.113.9");
    assertThat(alert.get(Ecs.METRON_IS_ALERT)).isEqualTo(true);
    assertThat(alert.string(Ecs.EVENT_REASON)).contains("203.0.113.9");
    assertThat(alerts.count()).isEqualTo(1);

    // What is no indicator is passed over, and stops nothing.
    long _ = indicators.putNow("nonsense", utf8("{"));
    await(() -> tables.unreadable() == 1);
    long _ = indicators.putNow(listed.id(), null);
    await(() -> tables.indicators().size() == 0);
    send("door", "3,203.0.113.9");
    assertThat(event("3,203.0.113.9").has(Ecs.METRON_IS_ALERT)).isFalse();

    networks("lab", "203.0.113.0/24");
    send("door", "4,203.0.113.9");
    assertThat(event("4,203.0.113.9").string(Ecs.METRON_SOURCE_NETWORK)).isEqualTo("lab");
    networks("office", "203.0.113.0/24");
    send("door", "5,203.0.113.9");
    Event office = event("5,203.0.113.9");
    assertThat(office.string(Ecs.METRON_SOURCE_NETWORK)).isEqualTo("office");

    long _ = config.putNow("metron.yaml", utf8("enrichment: {networks: [{name: x, cidrs: [1]}]}"));
    await(() -> !live.state().faults().isEmpty());
    assertThat(live.state().faults().getFirst().toString())
        .contains("metron.yaml:1", "expected a network such as 10.1.0.0/16");
    send("door", "6,203.0.113.9");
    Event still = event("6,203.0.113.9");
    assertThat(still.string(Ecs.METRON_SOURCE_NETWORK)).isEqualTo("office");
    assertThat(still.get(Ecs.METRON_EPOCH_ENRICHMENT))
        .isEqualTo(office.get(Ecs.METRON_EPOCH_ENRICHMENT));
    assertNothingLost();
  }

  private void networks(String name, String cidr) throws Exception {
    String text = "enrichment:\n  networks:\n    - {name: " + name + ", cidrs: [" + cidr + "]}\n";
    long offset = config.putNow("metron.yaml", utf8(text));
    await(() -> live.current().epochs().enrichment() == offset + 1);
  }

  private static String door(String field) {
    return """
        name: door
        vendor: Example
        product: Door
        format:
          - csv: {columns: [number, who]}
        set:
          event.kind: event
        fields:
          who: %s
        """
        .formatted(field);
  }

  private void assertNothingLost() {
    await(() -> ledger.counts().stream().mapToLong(Ledger.Count::received).sum() == sent);
    assertThat(ledger.counts()).allSatisfy(c -> assertThat(c.difference()).isZero());
    assertThat(job.state().running()).isTrue();
  }

  private void send(String sensor, String line) throws Exception {
    log.append(sensor, utf8(line), Map.of(), Instant.EPOCH).get(20, TimeUnit.SECONDS);
    sent++;
  }

  private Event event(String original) {
    await(() -> find(original).size() == 1);
    return find(original).getFirst();
  }

  private List<Event> find(String original) {
    return events.durable().stream()
        .filter(e -> original.equals(e.string(Ecs.EVENT_ORIGINAL)))
        .toList();
  }

  private long dead() {
    return ledger.counts().stream().mapToLong(Ledger.Count::dead).sum();
  }

  private List<DeadLetter> letters() throws Exception {
    return new DeadLetterLog(broker.address())
        .page(null, 10, _ -> true).entries().stream().map(DeadLetterLog.Entry::letter).toList();
  }

  private static metron.event.Field field(String name) {
    return FieldCatalogue.get().field(name);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited for 60 s").isLessThan(deadline);
      LockSupport.parkNanos(20_000_000);
    }
  }
}
