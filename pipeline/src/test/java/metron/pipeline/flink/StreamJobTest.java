package metron.pipeline.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import metron.event.DeadLetter;
import metron.event.Ecs;
import metron.pipeline.FakeAlertStore;
import metron.pipeline.FakeEventStore;
import metron.pipeline.Ledger;
import metron.pipeline.Outcome;
import metron.pipeline.PipelineDefinition;
import metron.pipeline.PipelineStatus;
import metron.pipeline.StepFaults;
import metron.pipeline.TestDefinitions;
import metron.pipeline.kafka.DeadLetterLog;
import metron.pipeline.kafka.DeadLetterTail;
import metron.pipeline.kafka.KafkaRawLog;
import metron.pipeline.kafka.PipelineMonitor;
import metron.pipeline.kafka.RawLog;
import metron.pipeline.kafka.TopicCreator;
import metron.pipeline.kafka.embedded.EmbeddedBroker;
import metron.storage.lucene.LuceneEventStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamJobTest {
  @TempDir Path kafka;
  @TempDir Path dir;
  private EmbeddedBroker broker;
  private RawLog log;
  private final FakeEventStore events = new FakeEventStore();
  private final FakeAlertStore alerts = new FakeAlertStore();
  private final AtomicReference<PipelineDefinition> definition =
      new AtomicReference<>(TestDefinitions.definition(1));
  private Ledger ledger = new Ledger();
  private String name = "";

  @BeforeEach
  void start(TestInfo info) throws Exception {
    name = info.getTestMethod().orElseThrow().getName() + info.getDisplayName();
    broker = EmbeddedBroker.start(kafka, 0);
    try (var topics = new TopicCreator(broker.address(), 1)) {
      topics.ensureShared();
    }
    log = new KafkaRawLog(KafkaRawLog.Config.of(broker.address()));
    newProcess();
  }

  @AfterEach
  void stop() {
    PipelineParts.unregister(name);
    log.close();
    broker.close();
  }

  @Test
  void keepsTheBooksAndWritesEachMessageOnce() throws Exception {
    append("one", "a", "b|c|d", "# comment", "bad line", "alert e");
    append("unknown", "x");
    try (StreamJob job = startJob()) {
      await(() -> taken("one") == 5 && taken("unknown") == 1 && indexed() == 3);
      assertThat(job.state().running()).isTrue();
      // A sensor that appears while the job runs.
      append("two", "f");
      await(() -> indexed() == 4);
      job.checkpoint();
    }
    assertThat(events.durable())
        .extracting(e -> e.string(Ecs.MESSAGE))
        .containsExactlyInAnyOrder("a", "b", "c", "d", "alert e", "f");
    assertThat(alerts.count()).isEqualTo(1);
    assertThat(ledger.counts()).allSatisfy(c -> assertThat(c.difference()).isZero());
    assertThat(ledger.counts().stream().mapToLong(Ledger.Count::dead).sum()).isEqualTo(2);
    assertThat(ledger.counts().stream().mapToLong(Ledger.Count::filtered).sum()).isEqualTo(1);
    assertThat(ledger.counts().stream().mapToLong(Ledger.Count::events).sum()).isEqualTo(6);
  }

  @Test
  void showsTheBooksAndReplaysAMendedDeadLetter() throws Exception {
    DeadLetterLog letters = new DeadLetterLog(broker.address());
    try (StreamJob _ = startJob();
        PipelineMonitor monitor =
            PipelineMonitor.start(broker.address(), ledger, InstantSource.system())) {
      append("six", "a", "bad 1", "bad 2", "bad 3", "# c");
      await(() -> monitor.status().totals().received() == 5);
      PipelineStatus.Totals totals = monitor.status().totals();
      assertThat(totals).isEqualTo(new PipelineStatus.Totals(5, 5, 1, 1, 3, 0, 0, 0));
      assertThat(monitor.status().fault()).isNull();

      await(() -> deadLetters() == 3);
      DeadLetterLog.Page first = letters.page(null, 2, _ -> true);
      assertThat(first.total()).isEqualTo(3);
      assertThat(first.entries()).hasSize(2);
      DeadLetterLog.Page second = letters.page(first.next(), 2, _ -> true);
      assertThat(second.entries()).hasSize(1);
      assertThat(second.next()).isNull();
      DeadLetterLog.Entry oldest = second.entries().getFirst();
      assertThat(letters.get(oldest.id()).orElseThrow().letter().raw().text())
          .isEqualTo(oldest.letter().raw().text())
          .startsWith("bad");
      assertThat(letters.get("0-999")).isEmpty();
      assertThat(letters.get("nonsense")).isEmpty();

      byte[] mended = "mended".getBytes(StandardCharsets.UTF_8);
      assertThat(DeadLetterLog.attempt(oldest, null, null, definition.get()))
          .isInstanceOf(Outcome.Dead.class);
      assertThat(DeadLetterLog.attempt(oldest, mended, null, definition.get()))
          .isInstanceOf(Outcome.Accepted.class);
      DeadLetterLog.replay(oldest, mended, null, log);
      await(() -> events.messages().contains("mended"));
      await(() -> monitor.status().totals().indexed() == 2);
      assertThat(monitor.status().totals().difference()).isZero();
    }
  }

  @Test
  void startsFromTheOlderCheckpointWhenTheNewestIsUnreadable() throws Exception {
    append("seven", "a", "bad b");
    try (StreamJob job = startJob()) {
      await(() -> taken("seven") == 2);
      job.checkpoint();
      job.checkpoint();
    }
    Path newest = Checkpoints.newest(dir.resolve("checkpoints")).orElseThrow();
    Files.write(newest.resolve("_metadata"), new byte[] {1, 2, 3});
    newProcess();
    append("seven", "c");
    try (StreamJob _ = startJob()) {
      await(() -> taken("seven") == 3);
    }
    assertThat(events.messages()).containsExactlyInAnyOrder("a", "c");
    assertThat(deadLetters()).isEqualTo(1);
    assertThat(ledger.counts()).allSatisfy(c -> assertThat(c.difference()).isZero());
  }

  @Test
  void readsALogThatWasMadeAnewFromItsBeginning() throws Exception {
    append("eight", "old 1", "old 2", "old 3", "old 4");
    try (StreamJob _ = startJob()) {
      await(() -> indexed() == 4);
    }
    log.close();
    broker.close();
    broker = EmbeddedBroker.start(dir.resolve("kafka-anew"), 0);
    try (var topics = new TopicCreator(broker.address(), 1)) {
      topics.ensureShared();
    }
    log = new KafkaRawLog(KafkaRawLog.Config.of(broker.address()));
    newProcess();
    append("eight", "new");
    try (StreamJob _ = startJob()) {
      await(() -> events.messages().contains("new"));
    }
    assertThat(ledger.counts()).allSatisfy(c -> assertThat(c.difference()).isZero());
  }

  @Test
  void takesUpANewDefinitionWhileRunning() throws Exception {
    try (StreamJob _ = startJob()) {
      append("three", "before");
      await(() -> events.messages().contains("before"));
      definition.set(TestDefinitions.definition(2));
      append("three", "after");
      await(() -> events.messages().contains("after"));
    }
    assertThat(events.durable())
        .filteredOn(e -> e.string(Ecs.MESSAGE).equals("before"))
        .allSatisfy(e -> assertThat(e.longValue(Ecs.METRON_EPOCH_PARSER, -1)).isEqualTo(1));
    assertThat(events.durable())
        .filteredOn(e -> e.string(Ecs.MESSAGE).equals("after"))
        .allSatisfy(e -> assertThat(e.longValue(Ecs.METRON_EPOCH_PARSER, -1)).isEqualTo(2));
  }

  @Test
  void recoversFromAFailingStoreAndTellsWhy() throws Exception {
    try (StreamJob job = startJob()) {
      events.failNext(1);
      append("four", "kept");
      AtomicReference<String> reason = new AtomicReference<>("");
      await(
          () -> {
            String now = job.state().reason();
            if (now != null && now.contains("the fake disk is full")) {
              reason.set(now);
            }
            return !reason.get().isEmpty();
          });
      await(() -> events.messages().contains("kept"));
      await(() -> job.state().running());
    }
    assertThat(events.messages().stream().filter("kept"::equals)).hasSize(1);
  }

  @Test
  void makesADeadLetterOfWhatTheStoreRefuses() throws Exception {
    events.refuse("huge");
    append("nine", "a", "huge b", "c|huge d|e", "# no", "f");
    try (StreamJob job = startJob()) {
      await(() -> indexed() == 2 && deadLetters() == 2);
      job.checkpoint();
      assertThat(job.state().running()).isTrue();
    }
    assertThat(events.messages()).containsExactlyInAnyOrder("a", "f");
    assertThat(letters())
        .allSatisfy(
            letter -> {
              assertThat(letter.stage()).isEqualTo(DeadLetter.Stage.STORE);
              assertThat(letter.reason()).startsWith("the store can't take it: message is 'huge");
            });
    assertThat(letters())
        .extracting(letter -> letter.raw().text())
        .containsExactlyInAnyOrder("huge b", "c|huge d|e");
    assertBooks("nine", 2, 1, 2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void makesADeadLetterOfWhatTheStoreChokesOn(boolean naming) throws Exception {
    events.chokeOn("stone", naming);
    append("ten", "a", "b", "stone c|d", "e", "bad", "f|stone g", "h");
    try (StreamJob job = startJob()) {
      await(() -> indexed() == 4 && deadLetters() == 3);
      job.checkpoint();
      await(() -> job.state().running());
    }
    assertThat(events.durable())
        .extracting(e -> e.string(Ecs.MESSAGE))
        .containsExactlyInAnyOrder("a", "b", "e", "h");
    assertThat(letters())
        .filteredOn(letter -> letter.stage() == DeadLetter.Stage.STORE)
        .extracting(letter -> letter.raw().text())
        .containsExactlyInAnyOrder("stone c|d", "f|stone g");
    assertBooks("ten", 4, 0, 3);

    // A new process knows nothing of it, and must come to the same.
    int before = events.failedWrites();
    newProcess();
    append("ten", "stone i", "j");
    try (StreamJob job = startJob()) {
      await(() -> events.messages().contains("j") && deadLetters() == 4);
      job.checkpoint();
    }
    assertThat(events.failedWrites()).isGreaterThan(before);
    assertThat(events.durable()).hasSize(5);
    assertBooks("ten", 5, 0, 4);
  }

  @Test
  void holdsEventsWhileTheStoreIsAwayAndSaysSo() throws Exception {
    events.failNext(Integer.MAX_VALUE);
    append("eleven", "a", "bad b", "c");
    try (StreamJob job = startJob()) {
      await(() -> events.failedWrites() >= 2);
      // From the first failure on it never claims to be well, also not between two attempts.
      int seen = events.failedWrites();
      await(
          () -> {
            assertThat(job.state().running()).isFalse();
            assertThat(job.state().reason()).contains("the fake disk is full");
            return events.failedWrites() >= seen + 2;
          });
      events.failNext(0);
      await(() -> job.state().running());
      await(() -> indexed() == 2);
    }
    assertThat(events.durable())
        .extracting(e -> e.string(Ecs.MESSAGE))
        .containsExactlyInAnyOrder("a", "c");
    assertThat(letters()).extracting(l -> l.raw().text()).containsExactly("bad b");
    assertBooks("eleven", 2, 0, 1);
  }

  @Test
  void makesADeadLetterOfAnEventThatLuceneCannotHave() throws Exception {
    try (LuceneEventStore lucene =
        new LuceneEventStore(dir.resolve("events"), InstantSource.system())) {
      PipelineParts.register(
          name, new PipelineParts(lucene, alerts, definition::get, new StepFaults(), ledger));
      append("twelve", "a", "swollen", "b");
      try (StreamJob job = startJob()) {
        await(() -> indexed() == 2 && deadLetters() == 1);
        job.checkpoint();
        assertThat(job.state().running()).isTrue();
      }
      lucene.refresh();
      assertThat(lucene.status().documents()).isEqualTo(2);
      assertThat(letters().getFirst().stage()).isEqualTo(DeadLetter.Stage.STORE);
      assertThat(letters().getFirst().raw().text()).isEqualTo("swollen");
      assertThat(letters().getFirst().reason())
          .matches(
              "the store can't take it: the event has 1000\\d\\d values, expected at most 100000");
      assertBooks("twelve", 2, 0, 1);
    }
  }

  @Test
  void keepsAStormOfRubbishFromHoldingUpTheOthers() throws Exception {
    int storm = 100_000;
    int good = 4_000;
    String[] rubbish = new String[storm];
    Arrays.setAll(rubbish, n -> "bad " + n);
    String[] lines = new String[good];
    Arrays.setAll(lines, n -> "line " + n);
    append("storm", rubbish);
    append("calm", lines);
    try (StreamJob job = startJob()) {
      await(() -> indexed() == good);
      long deadByThen = dead("storm");
      assertThat(deadByThen).isLessThan(storm / 2);
      await(() -> dead("storm") == storm);
      job.checkpoint();
    }
    assertThat(events.durable()).hasSize(good);
    assertThat(deadLetters()).isEqualTo(storm);
    assertBooks("storm", 0, 0, storm);
    assertBooks("calm", good, 0, 0);
  }

  @Test
  void isExactlyOnceOverAbruptStops() throws Exception {
    int total = 0;
    for (int round = 0; round < 4; round++) {
      newProcess();
      StreamJob job = startJob();
      for (int i = 0; i < 10; i++) {
        String[] lines = new String[200];
        for (int j = 0; j < lines.length; j++) {
          int n = total++;
          lines[j] = n % 10 == 0 ? "bad " + n : n % 10 == 1 ? "# " + n : "n" + n;
        }
        append("five", lines);
        int expected = round == 3 ? 0 : (int) (i * 150L);
        await(() -> events.messages().size() >= expected);
      }
      if (round < 3) {
        job.kill();
        events.crash();
      } else {
        int sent = total;
        await(() -> indexed() >= sent / 10 * 8L && ledgerTotal() == sent);
        job.close();
      }
    }
    List<String> stored = new ArrayList<>();
    events.durable().forEach(e -> stored.add(e.string(Ecs.MESSAGE)));
    assertThat(new HashSet<>(stored)).hasSize(total / 10 * 8);
    assertThat(stored).hasSize(total / 10 * 8);
    assertThat(deadLetters()).isEqualTo(total / 10);
    assertThat(ledger.counts()).allSatisfy(c -> assertThat(c.difference()).isZero());
    long dead =
        ledger.counts().stream()
            .filter(c -> c.topic().equals("raw.five"))
            .mapToLong(Ledger.Count::dead)
            .sum();
    assertThat(dead).isEqualTo(total / 10);
  }

  private void assertBooks(String sensor, long accepted, long filtered, long dead) {
    List<Ledger.Count> counts =
        ledger.counts().stream().filter(c -> c.topic().equals("raw." + sensor)).toList();
    assertThat(counts).allSatisfy(c -> assertThat(c.difference()).isZero());
    assertThat(counts.stream().mapToLong(Ledger.Count::accepted).sum()).isEqualTo(accepted);
    assertThat(counts.stream().mapToLong(Ledger.Count::indexed).sum()).isEqualTo(accepted);
    assertThat(counts.stream().mapToLong(Ledger.Count::filtered).sum()).isEqualTo(filtered);
    assertThat(counts.stream().mapToLong(Ledger.Count::dead).sum()).isEqualTo(dead);
  }

  private List<DeadLetter> letters() throws Exception {
    return new DeadLetterLog(broker.address())
        .page(null, 1_000, _ -> true).entries().stream().map(DeadLetterLog.Entry::letter).toList();
  }

  private long ledgerTotal() {
    return ledger.counts().stream()
        .filter(c -> c.topic().equals("raw.five"))
        .mapToLong(Ledger.Count::received)
        .sum();
  }

  private long taken(String sensor) {
    return ledger.counts().stream()
        .filter(c -> c.topic().equals("raw." + sensor))
        .mapToLong(Ledger.Count::received)
        .sum();
  }

  private long dead(String sensor) {
    return ledger.counts().stream()
        .filter(c -> c.topic().equals("raw." + sensor))
        .mapToLong(Ledger.Count::dead)
        .sum();
  }

  private long indexed() {
    return ledger.counts().stream().mapToLong(Ledger.Count::indexed).sum();
  }

  private long deadLetters() {
    try (var tail = new DeadLetterTail(broker.address())) {
      return tail.end();
    }
  }

  private void newProcess() {
    ledger = new Ledger();
    PipelineParts.register(
        name, new PipelineParts(events, alerts, definition::get, new StepFaults(), ledger));
  }

  private StreamJob startJob() throws Exception {
    return StreamJob.start(
        new StreamJob.Config(broker.address(), name, dir, 2, Duration.ofMillis(500)));
  }

  private void append(String sensor, String... lines) throws Exception {
    List<CompletableFuture<Void>> done = new ArrayList<>();
    for (String line : lines) {
      done.add(log.append(sensor, line.getBytes(StandardCharsets.UTF_8), Map.of(), Instant.EPOCH));
    }
    log.flush();
    for (CompletableFuture<Void> one : done) {
      one.get(10, TimeUnit.SECONDS);
    }
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited for 40 s").isLessThan(deadline);
      LockSupport.parkNanos(20_000_000);
    }
  }
}
