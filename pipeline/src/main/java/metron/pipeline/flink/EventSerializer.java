package metron.pipeline.flink;

import java.io.IOException;
import metron.event.Event;
import metron.event.binary.EventCodec;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/// An [Event] as [EventCodec] writes it.
final class EventSerializer extends RecordSerializer<Event> {
  static final EventSerializer INSTANCE = new EventSerializer();
  static final RecordType<Event> TYPE = new RecordType<>(Event.class, INSTANCE);
  private static final long serialVersionUID = 1;

  @Override
  public Event createInstance() {
    return new Event();
  }

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public Event copy(Event from) {
    return from.copy();
  }

  @Override
  public void serialize(Event event, DataOutputView out) throws IOException {
    EventCodec.write(event, out);
  }

  @Override
  public Event deserialize(DataInputView in) throws IOException {
    return EventCodec.read(in);
  }

  @Override
  public TypeSerializerSnapshot<Event> snapshotConfiguration() {
    return new Snapshot();
  }

  /// Flink makes one by reflection, so it is public.
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Event> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
