package metron.pipeline.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import metron.pipeline.kafka.RawLog;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Copies a topic of another Kafka into the log as records of one sensor.
///
/// Offsets are committed to that Kafka, as group `metron`, only after the log has confirmed the records: at-least-once, and
/// a start goes on where the last one ended. The record's own time is taken as the time of receipt.
final class KafkaTopicSource implements Source {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaTopicSource.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /// Metadata key: the topic that a record was copied from.
  static final String TOPIC = "kafka.topic";

  private final IntakeConfig.Kafka config;
  private final RawLog log;
  private final SourceCounters counters = new SourceCounters();
  private final Thread thread;
  private volatile boolean closed;

  KafkaTopicSource(IntakeConfig.Kafka config, RawLog log) {
    this.config = config;
    this.log = log;
    this.thread = Thread.ofPlatform().name("kafka:" + config.topic()).daemon().start(this::run);
  }

  private void run() {
    while (!closed) {
      try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
        consumer.subscribe(List.of(config.topic()));
        while (!closed) {
          copy(consumer);
        }
      } catch (WakeupException e) {
        LOG.debug("kafka source {} was woken to stop", config.topic());
      } catch (KafkaException | java.io.IOException e) {
        // A new consumer starts again from what was committed, so nothing is passed over.
        counters.problem(String.valueOf(e.getMessage()));
        LOG.warn(
            "kafka topic {} at {}: {}, trying again in {}",
            config.topic(),
            config.servers(),
            e.getMessage(),
            PAUSE);
        if (!Threads.pause(PAUSE)) {
          return;
        }
      }
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> settings = new HashMap<>(config.properties());
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, config.servers());
    settings.putIfAbsent(ConsumerConfig.GROUP_ID_CONFIG, "metron");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    settings.put(
        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, config.fromStart() ? "earliest" : "latest");
    settings.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "2000");
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private void copy(KafkaConsumer<byte[], byte[]> consumer) throws java.io.IOException {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
    if (records.isEmpty()) {
      return;
    }
    LogBatch batch = new LogBatch(log);
    for (ConsumerRecord<byte[], byte[]> record : records) {
      byte[] value = record.value();
      if (value == null) {
        continue;
      }
      batch.append(
          config.sensor(), Instant.ofEpochMilli(record.timestamp()), value, metadata(record));
      counters.taken(value.length);
    }
    batch.confirm();
    consumer.commitSync();
    counters.problem(null);
  }

  private Map<String, String> metadata(ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> metadata = new HashMap<>();
    metadata.put(TOPIC, config.topic());
    for (Header header : record.headers()) {
      // What another Metron or a collector of ours knew of it.
      if (header.key().startsWith("m.") && header.value() != null) {
        metadata.put(
            header.key().substring(2),
            new String(header.value(), java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    return metadata;
  }

  @Override
  public SourceStatus status() {
    return counters.status(
        "kafka:" + config.topic(), config.topic() + " at " + config.servers(), 0);
  }

  @Override
  public void close() {
    closed = true;
    Threads.join(thread);
  }
}
