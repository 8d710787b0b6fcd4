package metron.benchmarks.product;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import metron.demo.DemoRecord;
import metron.demo.DemoScenario;
import metron.enrichment.indicator.IndicatorTable;
import metron.pipeline.DefinitionReader;
import metron.pipeline.Epochs;
import metron.pipeline.Ledger;
import metron.pipeline.PipelineDefinition;
import metron.pipeline.StepFaults;
import metron.pipeline.flink.PipelineParts;
import metron.pipeline.flink.StreamJob;
import metron.pipeline.kafka.KafkaRawLog;
import metron.pipeline.kafka.TopicCreator;
import metron.pipeline.kafka.embedded.EmbeddedBroker;
import metron.storage.lucene.LuceneAlertStore;
import metron.storage.lucene.LuceneEventStore;
import tools.jackson.databind.json.JsonMapper;

/// How much of its rate does a source keep while another one sends only rubbish? Squid lines of the demo wait in one topic;
/// the second time five times as many short lines that are no ASA messages wait in another. The real job, Kafka and Lucene,
/// parallelism 2; the rate is taken from the first to the last of the good lines, so the start of the job does not count.
///
/// Arguments: good lines (400,000 if nothing is said).
public final class PoisonBenchmark {
  private static final String SENSOR = "squid";
  private static final String STORM = "asa";
  private static final int STORM_FACTOR = 5;

  private PoisonBenchmark() {}

  record Run(double perSecond, long rubbishByThen, long rubbish) {}

  public static int run(List<String> arguments, boolean json, PrintStream out)
      throws IOException, InterruptedException {
    int lines = 400_000;
    if (!arguments.isEmpty()) {
      if (arguments.size() > 1 || !arguments.getFirst().matches("[1-9]\\d{0,7}")) {
        System.err.println("bench: poison takes one number, how many good lines");
        return 2;
      }
      lines = Integer.parseInt(arguments.getFirst());
    }
    List<DemoRecord> good = good();
    // The compiler's warming up is no part of the question.
    Run _ = measure(good, Math.max(1, lines / 4), lines / 4);
    Run alone = measure(good, lines, 0);
    Run stormy = measure(good, lines, lines * STORM_FACTOR);
    double share = stormy.perSecond / alone.perSecond;
    if (json) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("name", "poison");
      answer.put("alonePerSecond", Math.round(alone.perSecond));
      answer.put("inStormPerSecond", Math.round(stormy.perSecond));
      answer.put("share", share);
      answer.put("rubbish", stormy.rubbish);
      answer.put("rubbishTakenByThen", stormy.rubbishByThen);
      out.println(JsonMapper.shared().writeValueAsString(answer));
    } else {
      out.printf(
          Locale.ROOT,
          "poison   alone %,.0f /s   beside a storm of %,d %,.0f /s   %.1f %%   (%,d of the storm"
              + " taken by then)%n",
          alone.perSecond,
          stormy.rubbish,
          stormy.perSecond,
          100 * share,
          stormy.rubbishByThen);
    }
    return 0;
  }

  private static List<DemoRecord> good() {
    List<DemoRecord> lines = new ArrayList<>();
    Instant start = Instant.parse("2026-03-02T08:00:00Z");
    Iterator<DemoRecord> records = new DemoScenario(42, start).withBackgroundOnly().iterator();
    while (lines.size() < 20_000) {
      DemoRecord record = records.next();
      if (record.sensor().equals(SENSOR)) {
        lines.add(record);
      }
    }
    return lines;
  }

  private static Run measure(List<DemoRecord> good, int lines, int rubbish)
      throws IOException, InterruptedException {
    Path dir = Files.createTempDirectory("metron-poison");
    String name = "poison";
    Ledger ledger = new Ledger();
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir.resolve("kafka"), 0);
        LuceneEventStore events =
            new LuceneEventStore(dir.resolve("events"), InstantSource.system());
        LuceneAlertStore alerts = new LuceneAlertStore(dir.resolve("alerts"))) {
      try (TopicCreator topics = new TopicCreator(broker.address(), 1)) {
        topics.ensureShared();
      }
      fill(broker.address(), good, lines, rubbish);
      PipelineDefinition definition =
          new DefinitionReader(dir, List.of(), new IndicatorTable(), InstantSource.system())
              .read(Map.of(), Epochs.SHIPPED);
      PipelineParts.register(
          name, new PipelineParts(events, alerts, () -> definition, new StepFaults(), ledger));
      try (StreamJob _ =
          StreamJob.start(
              new StreamJob.Config(
                  broker.address(), name, dir.resolve("flink"), 2, Duration.ofSeconds(3)))) {
        long first = 0;
        long firstCount = 0;
        long count = 0;
        while (count < lines) {
          count = indexed(ledger);
          if (first == 0 && count > 0) {
            first = System.nanoTime();
            firstCount = count;
          }
          Thread.sleep(20);
        }
        double seconds = (System.nanoTime() - first) / 1e9;
        return new Run((lines - firstCount) / seconds, dead(ledger), rubbish);
      }
    } catch (metron.config.ConfigException e) {
      throw new IOException(e.getMessage(), e);
    } finally {
      PipelineParts.unregister(name);
      delete(dir);
    }
  }

  private static void fill(String brokers, List<DemoRecord> good, int lines, int rubbish)
      throws IOException, InterruptedException {
    try (KafkaRawLog log = new KafkaRawLog(KafkaRawLog.Config.of(brokers))) {
      for (int i = 0; i < Math.max(lines, rubbish); i++) {
        if (i < lines) {
          DemoRecord line = good.get(i % good.size());
          var _ = log.append(SENSOR, line.line(), line.metadata(), Instant.now());
        }
        if (i < rubbish) {
          byte[] bytes = ("what is this? " + i).getBytes(StandardCharsets.UTF_8);
          var _ = log.append(STORM, bytes, Map.of(), Instant.now());
        }
      }
      log.flush();
    }
  }

  private static long indexed(Ledger ledger) {
    return ledger.counts().stream().mapToLong(Ledger.Count::indexed).sum();
  }

  private static long dead(Ledger ledger) {
    return ledger.counts().stream().mapToLong(Ledger.Count::dead).sum();
  }

  private static void delete(Path dir) throws IOException {
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
