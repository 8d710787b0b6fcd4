package metron.pipeline.kafka;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import metron.event.DeadLetter;
import metron.event.RawMessage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// A [DeadLetter] as a record of topic `dead-letters`.
///
/// Key: the origin, `topic/partition/offset`; one message has one dead letter. Value: the original bytes. Headers beside
/// those of [RawRecords]: `sensor`, `topic`, `stage`, `reason` (UTF-8), `partition` (4 bytes), `offset` (8 bytes), `at`
/// (microseconds, 8 bytes), all big-endian.
public final class DeadLetterRecords {
  private static final String SENSOR = "sensor";
  private static final String TOPIC = "topic";
  private static final String PARTITION = "partition";
  private static final String OFFSET = "offset";
  private static final String STAGE = "stage";
  private static final String REASON = "reason";
  private static final String AT = "at";

  private DeadLetterRecords() {}

  public static ProducerRecord<byte[], byte[]> toRecord(DeadLetter letter) {
    RawMessage raw = letter.raw();
    var record = new ProducerRecord<>(Topics.DEAD_LETTERS, key(raw), raw.bytes());
    Headers headers = record.headers();
    headers.add(SENSOR, utf8(raw.sensor()));
    headers.add(TOPIC, utf8(raw.topic()));
    headers.add(PARTITION, ByteBuffer.allocate(Integer.BYTES).putInt(raw.partition()).array());
    headers.add(OFFSET, ByteBuffer.allocate(Long.BYTES).putLong(raw.offset()).array());
    headers.add(STAGE, utf8(letter.stage().name()));
    headers.add(REASON, utf8(letter.reason()));
    headers.add(AT, RawRecords.micros(letter.at()));
    RawRecords.addHeaders(headers, raw.metadata(), raw.received());
    return record;
  }

  /// Never fails: a record that somebody else wrote gets empty names and the stage `PARSE`.
  public static DeadLetter fromRecord(ConsumerRecord<byte[], byte[]> record) {
    Headers headers = record.headers();
    byte[] value = record.value();
    byte[] partition = value(headers, PARTITION, Integer.BYTES);
    byte[] offset = value(headers, OFFSET, Long.BYTES);
    RawMessage raw =
        new RawMessage(
            text(headers, SENSOR),
            text(headers, TOPIC),
            partition == null ? 0 : ByteBuffer.wrap(partition).getInt(),
            offset == null ? 0 : ByteBuffer.wrap(offset).getLong(),
            RawRecords.received(headers, record.timestamp()),
            value == null ? new byte[0] : value,
            RawRecords.metadata(headers));
    String stage = text(headers, STAGE);
    return new DeadLetter(
        raw,
        Arrays.stream(DeadLetter.Stage.values())
            .filter(s -> s.name().equals(stage))
            .findFirst()
            .orElse(DeadLetter.Stage.PARSE),
        text(headers, REASON),
        RawRecords.instant(headers.lastHeader(AT), record.timestamp()));
  }

  static byte[] key(RawMessage raw) {
    return utf8(raw.origin());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(Headers headers, String key) {
    Header header = headers.lastHeader(key);
    return header == null || header.value() == null
        ? ""
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static byte @Nullable [] value(Headers headers, String key, int length) {
    Header header = headers.lastHeader(key);
    return header == null || header.value() == null || header.value().length != length
        ? null
        : header.value();
  }
}
