package metron.pipeline.flink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.query.Query;
import metron.pipeline.FakeAlertStore;
import metron.pipeline.Ledger;
import metron.pipeline.Refusals;
import metron.pipeline.SensorMeters;
import metron.pipeline.StepFaults;
import metron.pipeline.TestDefinitions;
import metron.pipeline.intake.Intake;
import metron.pipeline.intake.IntakeConfig;
import metron.pipeline.intake.SensorNames;
import metron.pipeline.kafka.KafkaRawLog;
import metron.pipeline.kafka.RawLog;
import metron.pipeline.kafka.TopicCreator;
import metron.pipeline.kafka.embedded.EmbeddedBroker;
import metron.storage.SearchRequest;
import metron.storage.lucene.LuceneEventStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The clock of everything that is given one jumps by hours and weeks, in both directions, between records that come over HTTP
/// and syslog.
class ClockJumpTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final String PARTS = "clock-jump";

  @TempDir Path kafka;
  @TempDir Path dir;
  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final InstantSource clock = now::get;
  private final Ledger ledger = new Ledger();

  @Test
  void losesNothingAndGoesOn() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(kafka, 0)) {
      try (var topics = new TopicCreator(broker.address(), 1)) {
        topics.ensureShared();
      }
      try (LuceneEventStore events = new LuceneEventStore(dir.resolve("events"), clock);
          RawLog log = new KafkaRawLog(KafkaRawLog.Config.of(broker.address()));
          Intake intake =
              Intake.start(sources(), log, NAMES, _ -> true, dir.resolve("positions"), clock)) {
        PipelineParts.register(
            PARTS,
            new PipelineParts(
                events,
                new FakeAlertStore(),
                () -> TestDefinitions.definition(1),
                new StepFaults(),
                ledger,
                new Refusals(),
                new SensorMeters(),
                new AtomicReference<>(),
                clock));
        var config =
            new StreamJob.Config(
                broker.address(), PARTS, dir.resolve("flink"), 2, Duration.ofMillis(500));
        List<Instant> times = new ArrayList<>();
        try (StreamJob job = StreamJob.start(config)) {
          for (Duration jump :
              List.of(
                  Duration.ZERO,
                  Duration.ofHours(7),
                  Duration.ofHours(-30),
                  Duration.ofDays(60),
                  Duration.ofDays(-70))) {
            now.updateAndGet(t -> t.plus(jump));
            times.add(now.get());
            int batch = times.size();
            send(intake, batch);
            await(() -> indexed() == batch * 20L);
            job.checkpoint();
            assertThat(job.state().running()).as("after a jump of " + jump).isTrue();
          }
        } finally {
          PipelineParts.unregister(PARTS);
        }
        assertThat(ledger.counts()).allSatisfy(c -> assertThat(c.difference()).isZero());
        events.refresh();
        List<Event> found =
            events.search(SearchRequest.newest(new Query.All(), 1_000)).hits().stream()
                .map(hit -> hit.event())
                .toList();
        assertThat(found).hasSize(times.size() * 20);
        assertThat(new HashSet<>(found.stream().map(e -> e.string(Ecs.EVENT_ID)).toList()))
            .hasSameSizeAs(found);
        for (int batch = 1; batch <= times.size(); batch++) {
          String of = "batch " + batch + " ";
          Instant time = times.get(batch - 1);
          assertThat(found)
              .filteredOn(e -> String.valueOf(e.string(Ecs.MESSAGE)).startsWith(of))
              .hasSize(20)
              .allSatisfy(e -> assertThat(e.get(Ecs.EVENT_INGESTED)).isEqualTo(time));
        }
        // Hours are nothing to a retention of days, whichever way they went.
        assertThat(events.retain(START.plus(Duration.ofHours(7)).minus(days(30)), Long.MAX_VALUE))
            .isZero();
      }
      // And a new process takes up the store and the checkpoint as they are.
      try (LuceneEventStore again = new LuceneEventStore(dir.resolve("events"), clock)) {
        assertThat(again.status().documents()).isEqualTo(100);
      }
    }
  }

  private static Duration days(int days) {
    return Duration.ofDays(days);
  }

  private static IntakeConfig sources() {
    return new IntakeConfig(
        new IntakeConfig.Http("127.0.0.1", 0, false, 1 << 20, 10_000),
        List.of(),
        List.of(
            new IntakeConfig.Syslog(
                "127.0.0.1", 0, "calm", List.of(), 4_096, Duration.ofMinutes(1), 10, null)),
        List.of(),
        List.of());
  }

  private static final SensorNames NAMES =
      new SensorNames() {
        @Override
        public Optional<String> find(String name) {
          return Optional.of(name);
        }

        @Override
        public List<String> all() {
          return List.of("calm");
        }
      };

  private static void send(Intake intake, int batch) throws IOException, InterruptedException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      lines.append("batch ").append(batch).append(" line ").append(i).append('\n');
    }
    int tcp =
        intake.status().stream()
            .filter(s -> s.name().startsWith("syslog-tcp:"))
            .mapToInt(s -> Integer.parseInt(s.name().substring("syslog-tcp:".length())))
            .findFirst()
            .orElseThrow();
    try (Socket socket = new Socket("127.0.0.1", tcp);
        HttpClient client = HttpClient.newHttpClient()) {
      socket.getOutputStream().write(lines.toString().getBytes(UTF_8));
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(
                      URI.create(
                          "http://127.0.0.1:" + intake.httpPort().orElseThrow() + "/intake/calm"))
                  .POST(HttpRequest.BodyPublishers.ofString(lines.toString()))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
    }
  }

  private long indexed() {
    return ledger.counts().stream().mapToLong(Ledger.Count::indexed).sum();
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited for 60 s").isLessThan(deadline);
      LockSupport.parkNanos(20_000_000);
    }
  }
}
