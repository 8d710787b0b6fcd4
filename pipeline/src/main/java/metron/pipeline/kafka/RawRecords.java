package metron.pipeline.kafka;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import metron.event.RawMessage;
import metron.pipeline.EventPipeline;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// A [RawMessage] as a Kafka record.
///
/// Value: the bytes, unchanged. No key. Headers:
/// - `received`: microseconds since 1970-01-01T00:00:00Z, 8 bytes, big-endian; without it the record's timestamp counts,
///   so that any producer may write to a raw topic;
/// - `m.<key>`: one for each piece of metadata, UTF-8.
public final class RawRecords {
  static final String RECEIVED = "received";
  static final String METADATA = "m.";

  /// Metadata key: how long a record was that [Topics#MAX_RECORD_BYTES] cut off, in bytes, as decimal text.
  public static final String OVERSIZE = EventPipeline.OVERSIZE;

  private RawRecords() {}

  /// @param sensor a legal name, see [Topics#raw]
  public static ProducerRecord<byte[], byte[]> toRecord(
      String sensor, byte[] bytes, Map<String, String> metadata, Instant received) {
    var record = new ProducerRecord<byte[], byte[]>(Topics.raw(sensor), bytes);
    addHeaders(record.headers(), metadata, received);
    return record;
  }

  /// Never fails: odd headers are passed over, a missing value is an empty record.
  public static RawMessage fromRecord(ConsumerRecord<byte[], byte[]> record) {
    Headers headers = record.headers();
    byte[] value = record.value();
    return new RawMessage(
        Topics.sensorOf(record.topic()),
        record.topic(),
        record.partition(),
        record.offset(),
        received(headers, record.timestamp()),
        value == null ? new byte[0] : value,
        metadata(headers));
  }

  static void addHeaders(Headers headers, Map<String, String> metadata, Instant received) {
    headers.add(RECEIVED, micros(received));
    metadata.forEach(
        (key, value) -> headers.add(METADATA + key, value.getBytes(StandardCharsets.UTF_8)));
  }

  static Instant received(Headers headers, long timestampMillis) {
    return instant(headers.lastHeader(RECEIVED), timestampMillis);
  }

  static Map<String, String> metadata(Headers headers) {
    Map<String, String> metadata = null;
    for (Header header : headers) {
      if (header.key().startsWith(METADATA) && header.value() != null) {
        if (metadata == null) {
          metadata = new HashMap<>();
        }
        metadata.put(
            header.key().substring(METADATA.length()),
            new String(header.value(), StandardCharsets.UTF_8));
      }
    }
    return metadata == null ? Map.of() : metadata;
  }

  static byte[] micros(Instant at) {
    long micros =
        Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1_000);
    return ByteBuffer.allocate(Long.BYTES).putLong(micros).array();
  }

  static Instant instant(@Nullable Header header, long fallbackMillis) {
    if (header == null || header.value() == null || header.value().length != Long.BYTES) {
      return Instant.ofEpochMilli(Math.max(0, fallbackMillis));
    }
    long micros = ByteBuffer.wrap(header.value()).getLong();
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
  }
}
