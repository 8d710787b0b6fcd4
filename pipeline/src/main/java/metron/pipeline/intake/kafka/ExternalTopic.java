package metron.pipeline.intake.kafka;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/// Reads one topic as a member of a consumer group whose offsets that Kafka keeps: what was given out and not committed is
/// given out again to the next reader. Used by one thread.
public final class ExternalTopic implements AutoCloseable {
  /// @param time the record's own; null: it has none
  /// @param metadata what another Metron wrote in headers `m.<key>`, and [#TOPIC]
  public record Entry(byte[] bytes, @Nullable Instant time, Map<String, String> metadata) {}

  /// Metadata key: the topic that a record was copied from.
  public static final String TOPIC = "kafka.topic";

  private static final String METADATA = "m.";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String servers;
  private final String topic;
  private final KafkaConsumer<byte[], byte[]> consumer;

  /// @param servers `host:port,host:port`
  /// @param fromStart where a group without offsets begins: with the first record, or with what comes from now on
  /// @param properties further settings of the consumer: TLS, SASL, `group.id` (else `metron`)
  /// @throws IOException if the settings make no client, naming the setting; an address that is away is told by [#ask]
  public ExternalTopic(
      String servers, String topic, boolean fromStart, Map<String, String> properties)
      throws IOException {
    this.servers = servers;
    this.topic = topic;
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, "metron");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "2000");
    settings.putAll(properties);
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, fromStart ? "earliest" : "latest");
    // Topics are made by those who own that Kafka, never by a reader with a misspelt name.
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    try {
      consumer =
          new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    } catch (KafkaException e) {
      throw told(e);
    }
    consumer.subscribe(List.of(topic));
  }

  /// The next records, or none after `wait`. A record without a value is passed over.
  ///
  /// @throws IOException if that Kafka refuses us. One that is away gives no records and no word: see [#ask]
  public List<Entry> poll(Duration wait) throws IOException {
    try {
      var records = consumer.poll(wait);
      List<Entry> entries = new ArrayList<>(records.count());
      for (var record : records) {
        if (record.value() != null) {
          entries.add(
              new Entry(
                  record.value(),
                  record.timestamp() < 0 ? null : Instant.ofEpochMilli(record.timestamp()),
                  metadata(record)));
        }
      }
      return entries;
    } catch (KafkaException e) {
      throw told(e);
    }
  }

  /// Makes that Kafka remember all that was polled.
  public void commit() throws IOException {
    try {
      consumer.commitSync(PATIENCE);
    } catch (KafkaException e) {
      throw told(e);
    }
  }

  /// Returns if that Kafka answers and has the topic.
  ///
  /// @throws IOException if not
  public void ask() throws IOException {
    try {
      if (consumer.partitionsFor(topic, PATIENCE).isEmpty()) {
        throw new IOException("there is no topic '" + topic + "' at " + servers);
      }
      // The line above may be answered from what the client remembers; offsets never are.
      var _ = consumer.endOffsets(consumer.assignment(), PATIENCE);
    } catch (KafkaException e) {
      throw told(e);
    }
  }

  private Map<String, String> metadata(ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> metadata = new HashMap<>();
    metadata.put(TOPIC, topic);
    for (Header header : record.headers()) {
      // What another Metron or a collector of ours knew of it.
      if (header.key().startsWith(METADATA) && header.value() != null) {
        metadata.put(
            header.key().substring(METADATA.length()),
            new String(header.value(), StandardCharsets.UTF_8));
      }
    }
    return metadata;
  }

  private IOException told(KafkaException e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String why = String.valueOf(root.getMessage());
    return new IOException("topic '" + topic + "' at " + servers + " can't be read: " + why, e);
  }

  @Override
  public void close() {
    consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(2)));
  }
}
