package metron.stellar.functions.sketch;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import metron.stellar.functions.Values;
import org.jspecify.annotations.Nullable;

/// Values as bytes: a tag, then the content, big-endian. An integer and a long of the same value
/// have different bytes, as they are different elements of a list.
public final class ValueBytes {
  private static final int NULL = 0;
  private static final int FALSE = 1;
  private static final int TRUE = 2;
  private static final int INTEGER = 3;
  private static final int LONG = 4;
  private static final int FLOAT = 5;
  private static final int DOUBLE = 6;
  private static final int TEXT = 7;
  private static final int LIST = 8;
  private static final int SET = 9;
  private static final int MAP = 10;

  private ValueBytes() {}

  /// The bytes of a value that is not too deep ([Values#weigh]); of anything else than a value,
  /// those of its text.
  public static byte[] of(@Nullable Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      write(out, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /// Writes a value.
  public static void write(DataOutput out, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> out.writeByte(NULL);
      case Boolean b -> out.writeByte(b ? TRUE : FALSE);
      case Integer i -> {
        out.writeByte(INTEGER);
        out.writeInt(i);
      }
      case Long l -> {
        out.writeByte(LONG);
        out.writeLong(l);
      }
      case Float f -> {
        out.writeByte(FLOAT);
        out.writeFloat(f);
      }
      case Double d -> {
        out.writeByte(DOUBLE);
        out.writeDouble(d);
      }
      case Collection<?> elements -> {
        out.writeByte(elements instanceof Set ? SET : LIST);
        out.writeInt(elements.size());
        for (Object element : elements) {
          write(out, element);
        }
      }
      case Map<?, ?> map -> {
        out.writeByte(MAP);
        out.writeInt(map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          write(out, entry.getKey());
          write(out, entry.getValue());
        }
      }
      default -> {
        byte[] text = value.toString().getBytes(StandardCharsets.UTF_8);
        out.writeByte(TEXT);
        out.writeInt(text.length);
        out.write(text);
      }
    }
  }

  /// Reads a value.
  public static @Nullable Object read(DataInputStream in) throws IOException {
    return read(in, 0);
  }

  private static @Nullable Object read(DataInputStream in, int depth) throws IOException {
    if (depth > Values.DEEPEST) {
      throw new IOException("a value that nests more than " + Values.DEEPEST + " deep");
    }
    int tag = in.readUnsignedByte();
    return switch (tag) {
      case NULL -> null;
      case FALSE -> false;
      case TRUE -> true;
      case INTEGER -> in.readInt();
      case LONG -> in.readLong();
      case FLOAT -> in.readFloat();
      case DOUBLE -> in.readDouble();
      case TEXT -> new String(SketchBytes.readBlock(in, Integer.MAX_VALUE), StandardCharsets.UTF_8);
      case LIST, SET -> {
        int size = size(in);
        Collection<@Nullable Object> elements =
            tag == SET ? new LinkedHashSet<>() : new ArrayList<>();
        for (int i = 0; i < size; i++) {
          elements.add(read(in, depth + 1));
        }
        yield elements;
      }
      case MAP -> {
        int size = size(in);
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
          Object key = read(in, depth + 1);
          map.put(key, read(in, depth + 1));
        }
        yield map;
      }
      default -> throw new IOException("a value with tag %d, which is unknown".formatted(tag));
    };
  }

  // Every element takes a byte at least.
  private static int size(DataInputStream in) throws IOException {
    int size = in.readInt();
    if (size < 0 || size > in.available()) {
      throw new IOException("%d elements, and %d bytes for them".formatted(size, in.available()));
    }
    return size;
  }

  /// Reads elements that were written one after another.
  public static List<@Nullable Object> readAll(DataInputStream in, int count) throws IOException {
    if (count < 0 || count > in.available()) {
      throw new IOException("%d values, and %d bytes for them".formatted(count, in.available()));
    }
    List<@Nullable Object> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(read(in));
    }
    return values;
  }
}
