package metron.pipeline.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Which dead letters were written since some point. A writer that starts again from an older position of the raw log looks
/// here and passes over those it has written already, which makes an at-least-once writer exact.
///
/// Kafka's transactions would do so too, at a price: a letter is not seen before the next checkpoint, and one that was
/// prepared is lost when the process stays down for longer than the broker keeps a transaction open.
public final class DeadLetterTail implements AutoCloseable {
  private static final TopicPartition PARTITION = new TopicPartition(Topics.DEAD_LETTERS, 0);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final KafkaConsumer<byte[], byte[]> consumer;

  /// @param brokers `host:port`, comma-separated
  public DeadLetterTail(String brokers) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                brokers,
                ConsumerConfig.CLIENT_ID_CONFIG,
                "metron-dead-letter-tail",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(List.of(PARTITION));
  }

  /// Offset that the next letter gets.
  public long end() {
    Long end = consumer.endOffsets(List.of(PARTITION), PATIENCE).get(PARTITION);
    return end == null ? 0 : end;
  }

  /// Origins ([metron.event.RawMessage#origin]) of all letters from `offset` to the end as it is now.
  public Set<String> originsSince(long offset) {
    long end = end();
    Set<String> origins = new HashSet<>();
    if (offset >= end) {
      return origins;
    }
    consumer.seek(PARTITION, offset);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (consumer.position(PARTITION, PATIENCE) < end) {
      var records = consumer.poll(Duration.ofMillis(500));
      for (var record : records) {
        if (record.key() != null) {
          origins.add(new String(record.key(), StandardCharsets.UTF_8));
        }
      }
      if (!records.isEmpty()) {
        deadline = System.nanoTime() + PATIENCE.toNanos();
      } else if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(
            "topic '"
                + Topics.DEAD_LETTERS
                + "' gave nothing for "
                + PATIENCE.toSeconds()
                + " s, though it has letters up to offset "
                + end);
      }
    }
    return origins;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
