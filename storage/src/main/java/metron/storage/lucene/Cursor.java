package metron.storage.lucene;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import metron.storage.SearchRequest.Sort;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/// Where a page ended: the last hit's sort value and sequence number. Text form: base64url of version (1), hash of the order
/// (4 bytes), kind of the value (0 none, 1 number, 2 text), value (8 bytes, or 2 bytes length and UTF-8), sequence (8 bytes).
final class Cursor {
  private static final int VERSION = 1;

  private Cursor() {}

  static String write(Sort sort, FieldDoc last) {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    try {
      out.writeByte(VERSION);
      out.writeInt(sort.hashCode());
      Object value = last.fields[0];
      switch (value) {
        case null -> out.writeByte(0);
        case BytesRef text -> {
          out.writeByte(2);
          out.writeShort(text.length);
          out.write(text.bytes, text.offset, text.length);
        }
        default -> {
          out.writeByte(1);
          out.writeLong(((Number) value).longValue());
        }
      }
      out.writeLong(((Number) last.fields[1]).longValue());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
  }

  static FieldDoc read(Sort sort, String text, boolean numeric) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      var in = new DataInputStream(new ByteArrayInputStream(bytes));
      if (in.readByte() != VERSION || in.readInt() != sort.hashCode()) {
        throw foreign(null);
      }
      int kind = in.readByte();
      @Nullable Object value;
      if (kind == 0 && !numeric) {
        value = null;
      } else if (kind == 1 && numeric) {
        value = in.readLong();
      } else if (kind == 2 && !numeric) {
        byte[] b = new byte[in.readUnsignedShort()];
        in.readFully(b);
        value = new BytesRef(b);
      } else {
        throw foreign(null);
      }
      long sequence = in.readLong();
      if (in.available() > 0) {
        throw foreign(null);
      }
      // Sequence numbers are unique, so the only document equal to this one is itself: it counts as
      // seen.
      return new FieldDoc(Integer.MAX_VALUE, Float.NaN, fields(value, sequence));
    } catch (IOException e) {
      throw foreign(e);
    } catch (IllegalArgumentException e) {
      throw foreign(e);
    }
  }

  // Lucene takes null for a document without the field.
  @SuppressWarnings("NullAway")
  private static Object[] fields(@Nullable Object value, long sequence) {
    return new Object[] {value, sequence};
  }

  private static IllegalArgumentException foreign(@Nullable Exception cause) {
    return new IllegalArgumentException(
        "the cursor does not belong to this search: start again without one", cause);
  }
}
