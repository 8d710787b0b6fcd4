package metron.pipeline.flink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import metron.event.RawMessage;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/// A [RawMessage]: sensor and topic (modified UTF-8 with 2-byte length), partition (4), offset (8), seconds (8), nanoseconds
/// (4), length of the bytes (4), bytes, number of metadata (4), each key and value as bytes with 4-byte length.
final class RawMessageSerializer extends RecordSerializer<RawMessage> {
  static final RawMessageSerializer INSTANCE = new RawMessageSerializer();
  static final RecordType<RawMessage> TYPE = new RecordType<>(RawMessage.class, INSTANCE);
  private static final long serialVersionUID = 1;

  @Override
  public RawMessage createInstance() {
    return new RawMessage("", "", 0, 0, Instant.EPOCH, new byte[0], Map.of());
  }

  @Override
  public void serialize(RawMessage raw, DataOutputView out) throws IOException {
    out.writeUTF(raw.sensor());
    out.writeUTF(raw.topic());
    out.writeInt(raw.partition());
    out.writeLong(raw.offset());
    writeInstant(raw.received(), out);
    writeBytes(raw.bytes(), out);
    out.writeInt(raw.metadata().size());
    for (var entry : raw.metadata().entrySet()) {
      out.writeUTF(entry.getKey());
      // Not writeUTF: a TSV header may be longer than 64 KiB.
      writeBytes(entry.getValue().getBytes(StandardCharsets.UTF_8), out);
    }
  }

  @Override
  public RawMessage deserialize(DataInputView in) throws IOException {
    String sensor = in.readUTF();
    String topic = in.readUTF();
    int partition = in.readInt();
    long offset = in.readLong();
    Instant received = Instant.ofEpochSecond(in.readLong(), in.readInt());
    byte[] bytes = readBytes(in);
    int size = in.readInt();
    Map<String, String> metadata = HashMap.newHashMap(size);
    for (int i = 0; i < size; i++) {
      metadata.put(in.readUTF(), new String(readBytes(in), StandardCharsets.UTF_8));
    }
    return new RawMessage(sensor, topic, partition, offset, received, bytes, metadata);
  }

  @Override
  public TypeSerializerSnapshot<RawMessage> snapshotConfiguration() {
    return new Snapshot();
  }

  static void writeInstant(Instant at, DataOutputView out) throws IOException {
    long seconds = at.getEpochSecond();
    int nanos = at.getNano();
    out.writeLong(seconds);
    out.writeInt(nanos);
  }

  private static void writeBytes(byte[] bytes, DataOutputView out) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] readBytes(DataInputView in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }

  /// Flink makes one by reflection, so it is public.
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<RawMessage> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
