package metron.pipeline.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/// Every topic of the durable log: its name, its layout and how long it keeps what.
///
/// | topic | key | value | kept |
/// |---|---|---|---|
/// | `raw.<sensor>` | none | the record as the source sent it; headers as [RawRecords] says | [#RAW_RETENTION] |
/// | `dead-letters` | origin | the same bytes; headers as [DeadLetterRecords] says | [#DEAD_LETTER_RETENTION] |
/// | `reference.indicators` | indicator id | JSON, null deletes | newest of each key |
/// | `config` | path | text, null deletes | newest of each key |
public final class Topics {
  /// What the name of every topic with records of collectors starts with.
  public static final String RAW_PREFIX = "raw.";

  /// Matches every topic with records of collectors, and nothing else.
  public static final Pattern RAW = Pattern.compile("raw\\..+");

  public static final String DEAD_LETTERS = "dead-letters";
  public static final String INDICATORS = "reference.indicators";
  public static final String CONFIG = "config";

  /// The longest record that is kept whole, in bytes; what follows is cut off and the record becomes a dead letter.
  public static final int MAX_RECORD_BYTES = 1 << 20;

  /// How long a raw record can be read again. Time only: a limit by size could delete what the pipeline has not read.
  public static final Duration RAW_RETENTION = Duration.ofDays(3);

  public static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(30);

  /// One record with its key and headers; the broker refuses anything longer.
  static final int MAX_MESSAGE_BYTES = 2 * MAX_RECORD_BYTES;

  private static final int RAW_PARTITIONS = 2;
  // 249 is Kafka's limit for a topic name.
  private static final Pattern SENSOR = Pattern.compile("[a-zA-Z0-9_-][a-zA-Z0-9._-]{0,199}");

  private Topics() {}

  /// The topic that records of `sensor` go to.
  ///
  /// @throws IllegalArgumentException if the name can't be part of a topic name, saying what can
  public static String raw(String sensor) {
    if (!isSensorName(sensor)) {
      throw new IllegalArgumentException(
          "sensor name '"
              + sensor
              + "' can't be used, expected 1 to 200 letters, digits, '.', '_' or '-'");
    }
    return RAW_PREFIX + sensor;
  }

  public static boolean isSensorName(String text) {
    return SENSOR.matcher(text).matches();
  }

  /// The sensor of a topic that [#RAW] matches; another topic's name is the sensor itself.
  public static String sensorOf(String topic) {
    return topic.startsWith(RAW_PREFIX) ? topic.substring(RAW_PREFIX.length()) : topic;
  }

  /// How a topic is created. Unknown names get the layout of a raw topic.
  ///
  /// @param replicas copies of each partition; 1 for the embedded broker
  static NewTopic layout(String topic, short replicas) {
    return switch (topic) {
      case INDICATORS, CONFIG ->
          new NewTopic(topic, 1, replicas)
              .configs(
                  Map.of(
                      TopicConfig.CLEANUP_POLICY_CONFIG,
                      TopicConfig.CLEANUP_POLICY_COMPACT,
                      TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
                      "0.3",
                      TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                      String.valueOf(MAX_MESSAGE_BYTES)));
      // One partition, so that "newest first" needs no merging.
      case DEAD_LETTERS ->
          new NewTopic(topic, 1, replicas).configs(kept(DEAD_LETTER_RETENTION.toMillis()));
      default ->
          new NewTopic(topic, RAW_PARTITIONS, replicas).configs(kept(RAW_RETENTION.toMillis()));
    };
  }

  private static Map<String, String> kept(long millis) {
    return Map.of(
        TopicConfig.RETENTION_MS_CONFIG,
        String.valueOf(millis),
        // By the broker's clock: an old capture ingested today has old times and would be deleted
        // at once.
        TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
        "LogAppendTime",
        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
        String.valueOf(MAX_MESSAGE_BYTES));
  }
}
