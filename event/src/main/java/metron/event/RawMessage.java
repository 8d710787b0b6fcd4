package metron.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/// One record as a source sent it, before any parser.
///
/// @param sensor name of the sensor whose definition parses it, such as `suricata`
/// @param topic topic it lies in, `raw.<sensor>` unless an own topic is read
/// @param partition partition in the topic; 0 or more
/// @param offset offset in the partition; with topic and partition it makes `event.id`
/// @param received when a collector took it in
/// @param bytes the record, never changed; not copied, so nobody may write into it
/// @param metadata what the transport knew: [#SOURCE_ADDRESS], [#FILE], a TSV header; no key is required
public record RawMessage(
    String sensor,
    String topic,
    int partition,
    long offset,
    Instant received,
    byte[] bytes,
    Map<String, String> metadata) {
  /// Metadata key: address of the sender, as text.
  public static final String SOURCE_ADDRESS = "source.address";

  /// Metadata key: path or name of the file that the record was read from.
  public static final String FILE = "file";

  public RawMessage {
    metadata = Map.copyOf(metadata);
  }

  /// The record as UTF-8; a malformed sequence becomes U+FFFD.
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /// Where it lies: `topic/partition/offset`.
  public String origin() {
    return origin(topic, partition, offset);
  }

  public static String origin(String topic, int partition, long offset) {
    return topic + "/" + partition + "/" + offset;
  }
}
