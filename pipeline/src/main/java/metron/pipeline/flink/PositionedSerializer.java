package metron.pipeline.flink;

import java.io.IOException;
import metron.event.Event;
import metron.storage.EventStore;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/// An event and its place in the log: topic (modified UTF-8 with 2-byte length), partition (4), offset (8), index (4), then
/// the event as [EventSerializer] writes it.
final class PositionedSerializer extends RecordSerializer<EventStore.Positioned> {
  static final PositionedSerializer INSTANCE = new PositionedSerializer();
  static final RecordType<EventStore.Positioned> TYPE =
      new RecordType<>(EventStore.Positioned.class, INSTANCE);
  private static final long serialVersionUID = 1;

  @Override
  public EventStore.Positioned createInstance() {
    return new EventStore.Positioned(new Event(), "", 0, 0, 0);
  }

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public EventStore.Positioned copy(EventStore.Positioned from) {
    return new EventStore.Positioned(
        from.event().copy(), from.topic(), from.partition(), from.offset(), from.index());
  }

  @Override
  public void serialize(EventStore.Positioned from, DataOutputView out) throws IOException {
    out.writeUTF(from.topic());
    out.writeInt(from.partition());
    out.writeLong(from.offset());
    out.writeInt(from.index());
    EventSerializer.INSTANCE.serialize(from.event(), out);
  }

  @Override
  public EventStore.Positioned deserialize(DataInputView in) throws IOException {
    String topic = in.readUTF();
    int partition = in.readInt();
    long offset = in.readLong();
    int index = in.readInt();
    return new EventStore.Positioned(
        EventSerializer.INSTANCE.deserialize(in), topic, partition, offset, index);
  }

  @Override
  public TypeSerializerSnapshot<EventStore.Positioned> snapshotConfiguration() {
    return new Snapshot();
  }

  /// Flink makes one by reflection, so it is public.
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<EventStore.Positioned> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
