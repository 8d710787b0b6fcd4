package metron.storage.lucene;

import java.io.IOException;
import metron.event.Event;
import metron.event.binary.EventCodec;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.StoredFieldVisitor;
import org.apache.lucene.index.StoredFields;
import org.jspecify.annotations.Nullable;

/// Events as the bytes of one stored field, which [EventCodec] writes.
final class StoredEvents {
  private StoredEvents() {}

  static Event load(StoredFields stored, int doc) throws IOException {
    return EventCodec.read(bytes(stored, doc, FieldLayout.STORED));
  }

  static byte[] bytes(StoredFields stored, int doc, String field) throws IOException {
    Bytes bytes = new Bytes(field);
    stored.document(doc, bytes);
    byte[] value = bytes.value;
    if (value == null) {
      throw new IOException("document " + doc + " of the index lacks " + field);
    }
    return value;
  }

  private static final class Bytes extends StoredFieldVisitor {
    private final String name;
    private byte @Nullable [] value;

    Bytes(String name) {
      this.name = name;
    }

    @Override
    public Status needsField(FieldInfo field) {
      return field.name.equals(name) ? Status.YES : value == null ? Status.NO : Status.STOP;
    }

    @Override
    public void binaryField(FieldInfo field, byte[] bytes) {
      value = bytes;
    }
  }
}
