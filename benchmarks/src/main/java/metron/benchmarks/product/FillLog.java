package metron.benchmarks.product;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import metron.app.start.DataDirectory;
import metron.demo.DemoRecord;
import metron.demo.DemoScenario;
import metron.enrichment.indicator.IndicatorFeed;
import metron.enrichment.indicator.IndicatorJson;
import metron.pipeline.kafka.KafkaRawLog;
import metron.pipeline.kafka.KeyedTopic;
import metron.pipeline.kafka.TopicCreator;
import metron.pipeline.kafka.Topics;
import metron.pipeline.kafka.embedded.EmbeddedBroker;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Fills the raw topics of a data directory with a [DemoDay], through the broker and the writer that the sources use, and
/// loads the demo's indicators; nothing reads them yet. Arguments: directory, lines.
final class FillLog {
  private FillLog() {}

  public static void main(String[] args) throws Exception {
    DataDirectory data = new DataDirectory(Path.of(args[0]).toAbsolutePath());
    long lines = Long.parseLong(args[1]);
    long begin = System.nanoTime();
    Files.createDirectories(data.kafka());
    long bytes = 0;
    Map<String, Long> perSensor = new TreeMap<>();
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    try (EmbeddedBroker broker = EmbeddedBroker.start(data.kafka(), 0)) {
      try (TopicCreator topics = new TopicCreator(broker.address(), 1)) {
        topics.ensureShared();
      }
      loadIndicators(broker.address());
      try (KafkaRawLog log =
          new KafkaRawLog(KafkaRawLog.Config.embedded(broker.address(), data.kafka()))) {
        Iterator<DemoRecord> records = DemoDay.of(lines).iterator();
        while (records.hasNext() && failure.get() == null) {
          DemoRecord record = records.next();
          CompletableFuture<Void> durable =
              log.append(record.sensor(), record.line(), record.metadata(), record.at());
          var _ =
              durable.whenComplete(
                  (_, problem) -> {
                    if (problem != null) {
                      failure.compareAndSet(null, problem);
                    }
                  });
          bytes += record.line().length;
          perSensor.merge(record.sensor(), 1L, Long::sum);
        }
        log.flush();
      }
    }
    Throwable problem = failure.get();
    if (problem != null) {
      throw new IOException("the log could not be filled: " + problem.getMessage(), problem);
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("lines", lines);
    answer.put("bytes", bytes);
    answer.put("sensors", perSensor);
    answer.put("seconds", (System.nanoTime() - begin) / 1e9);
    System.out.println(JsonMapper.shared().writeValueAsString(answer));
  }

  private static void loadIndicators(String brokers) throws IOException {
    try (KeyedTopic topic = new KeyedTopic(brokers, Topics.INDICATORS)) {
      IndicatorFeed.Counts _ =
          IndicatorFeed.read(
              new ByteArrayInputStream(
                  DemoScenario.indicatorFeed().getBytes(StandardCharsets.UTF_8)),
              new IndicatorFeed.Defaults("demo", 50, ""),
              indicator -> {
                var _ = topic.put(indicator.id(), IndicatorJson.write(indicator));
              },
              line -> {
                throw new IllegalStateException(
                    "the demo's own indicators are refused: " + line.reason());
              });
      topic.flush();
    }
  }
}
