package metron.pipeline.flink;

import java.io.IOException;
import java.time.Instant;
import metron.event.DeadLetter;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/// A [DeadLetter]: the message as [RawMessageSerializer] writes it, stage name, reason (both modified UTF-8 with 2-byte
/// length), seconds (8), nanoseconds (4).
final class DeadLetterSerializer extends RecordSerializer<DeadLetter> {
  static final DeadLetterSerializer INSTANCE = new DeadLetterSerializer();
  static final RecordType<DeadLetter> TYPE = new RecordType<>(DeadLetter.class, INSTANCE);
  private static final long serialVersionUID = 1;
  // A third of what writeUTF takes: three bytes a character at most.
  private static final int MAX_REASON = 20_000;

  @Override
  public DeadLetter createInstance() {
    return new DeadLetter(
        RawMessageSerializer.INSTANCE.createInstance(), DeadLetter.Stage.PARSE, "", Instant.EPOCH);
  }

  @Override
  public void serialize(DeadLetter letter, DataOutputView out) throws IOException {
    RawMessageSerializer.INSTANCE.serialize(letter.raw(), out);
    out.writeUTF(letter.stage().name());
    String reason = letter.reason();
    out.writeUTF(reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason);
    RawMessageSerializer.writeInstant(letter.at(), out);
  }

  @Override
  public DeadLetter deserialize(DataInputView in) throws IOException {
    return new DeadLetter(
        RawMessageSerializer.INSTANCE.deserialize(in),
        DeadLetter.Stage.valueOf(in.readUTF()),
        in.readUTF(),
        Instant.ofEpochSecond(in.readLong(), in.readInt()));
  }

  @Override
  public TypeSerializerSnapshot<DeadLetter> snapshotConfiguration() {
    return new Snapshot();
  }

  /// Flink makes one by reflection, so it is public.
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<DeadLetter> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
