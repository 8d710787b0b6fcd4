package metron.event.json;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import metron.event.Event;
import metron.event.Field;
import metron.event.FieldCatalogue;
import metron.event.FieldType;
import metron.event.IpAddress;
import metron.event.Timestamp;
import metron.event.Values;
import org.jspecify.annotations.Nullable;

/// Events as JSON objects: flat, dotted names, one line, in the order of the event's fields.
///
/// | type | JSON |
/// |---|---|
/// | STRING | string; a lone surrogate as an escape |
/// | LONG, DOUBLE | number; `NaN` and the infinities as strings |
/// | BOOLEAN | `true`, `false` |
/// | INSTANT | string, ISO 8601 in UTC with the fraction digits needed (0, 3, 6 or 9) |
/// | IP | string, dotted decimal or RFC 5952 |
/// | list | array, also of one where the field is repeated |
/// | null | `null` |
///
/// Reading takes the same and more: nested objects, and arrays of objects, which become parallel lists. Reading what was
/// written gives an equal event, but for instants and addresses outside the catalogue, which come back as text.
public final class EventJson {
  /// Fields an event may have; hostile keys could otherwise make each look-up slow.
  public static final int MAX_FIELDS = 2000;

  /// Values an event may have, those of lists counted one by one.
  public static final int MAX_VALUES = 100_000;

  private record Reader(int catalogueSize, JsonWalker<Field> walker) {}

  // Replaced when the catalogue has grown, since paths may have become fields.
  private static volatile @Nullable Reader current;

  private EventJson() {}

  public static String write(Event event) {
    StringBuilder out = new StringBuilder(1024);
    write(event, out);
    return out.toString();
  }

  /// As UTF-8, without a line end.
  public static byte[] bytes(Event event) {
    return write(event).getBytes(StandardCharsets.UTF_8);
  }

  /// As UTF-8, without a line end; the stream stays open.
  public static void write(Event event, OutputStream out) throws IOException {
    out.write(bytes(event));
  }

  /// Appends the object, without a line end.
  public static void write(Event event, StringBuilder out) {
    out.append('{');
    for (int i = 0; i < event.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      Field field = event.fieldAt(i);
      quote(out, field.name());
      out.append(':');
      Object ref = event.refAt(i);
      if (ref instanceof List<?> list) {
        char before = '[';
        for (Object item : list) {
          out.append(before);
          value(out, item);
          before = ',';
        }
        out.append(']');
      } else if (ref != null) {
        value(out, ref);
      } else if (event.isNullAt(i)) {
        out.append("null");
      } else {
        bits(out, field.type(), event.bitsAt(i));
      }
    }
    out.append('}');
  }

  /// Appends one value, boxed as [FieldType] says, as JSON.
  public static void value(StringBuilder out, @Nullable Object value) {
    switch (value) {
      case null -> out.append("null");
      case String s -> quote(out, s);
      case Long l -> out.append(l.longValue());
      case Double d -> number(out, d);
      case Boolean b -> out.append(b.booleanValue());
      case Instant t -> {
        long nanos = Values.nanos(t);
        if (nanos == Timestamp.NONE) {
          quote(out, t.toString());
        } else {
          bits(out, FieldType.INSTANT, nanos);
        }
      }
      case IpAddress ip -> out.append('"').append(ip).append('"');
      default -> quote(out, String.valueOf(value));
    }
  }

  private static void bits(StringBuilder out, FieldType type, long bits) {
    switch (type) {
      case LONG, STRING, IP -> out.append(bits);
      case DOUBLE -> number(out, Double.longBitsToDouble(bits));
      case BOOLEAN -> out.append(bits != 0);
      case INSTANT -> {
        out.append('"');
        Timestamp.appendTo(out, bits);
        out.append('"');
      }
    }
  }

  private static void number(StringBuilder out, double d) {
    if (Double.isFinite(d)) {
      out.append(d);
    } else {
      out.append('"').append(d).append('"');
    }
  }

  /// Appends a JSON string. `<`, `>` and `&` stay; U+2028 and lone surrogates are escaped.
  public static void quote(StringBuilder out, String text) {
    out.append('"');
    int run = 0;
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c != '"' && c != '\\' && c < 0x7f) {
        continue;
      }
      if (c > 0x7f && !Character.isSurrogate(c) && c != '\u2028' && c != '\u2029') {
        continue;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < length
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
        continue;
      }
      out.append(text, run, i);
      run = i + 1;
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          out.append("\\u");
          for (int shift = 12; shift >= 0; shift -= 4) {
            out.append("0123456789abcdef".charAt((c >> shift) & 15));
          }
        }
      }
    }
    out.append(text, run, length).append('"');
  }

  public static Event read(String json) throws JsonException {
    return read(json.getBytes(StandardCharsets.UTF_8));
  }

  /// Reads one object, flat or nested. Values are converted to their field's type as [#put] does; one that can't be goes as
  /// text to `unmapped.<name>`, a field outside the catalogue.
  public static Event read(byte[] json) throws JsonException {
    return read(json, 0, json.length);
  }

  public static Event read(byte[] json, int from, int to) throws JsonException {
    Filler filler = new Filler();
    walker().walk(json, from, to, filler);
    return filler.event;
  }

  private static final class Filler implements JsonWalker.Sink<Field> {
    final Event event = new Event();
    private int values;

    @Override
    public void leaf(Field field, JsonLeaf leaf) throws JsonException {
      if (event.size() >= MAX_FIELDS && !event.has(field)) {
        throw JsonWalker.refuse(leaf, "more than " + MAX_FIELDS + " fields");
      }
      if (++values > MAX_VALUES) {
        throw JsonWalker.refuse(leaf, "more than " + MAX_VALUES + " values");
      }
      if (!put(event, field, leaf)) {
        Field unmapped = FieldCatalogue.get().field("unmapped." + field.name());
        if (leaf.inArray()) {
          event.append(unmapped, leaf.string());
        } else {
          event.set(unmapped, leaf.string());
        }
      }
    }
  }

  private static JsonWalker<Field> walker() {
    Reader reader = current;
    int size = FieldCatalogue.get().size();
    if (reader == null || reader.catalogueSize != size) {
      reader = new Reader(size, new JsonWalker<>(FieldCatalogue.get()::field));
      current = reader;
    }
    return reader.walker;
  }

  /// Sets a field to what the walker stands at: within an array it is added to those before, otherwise it replaces. Null
  /// outside an array is kept as null, inside one it is left out. A field outside the catalogue takes the type that
  /// JSON shows.
  ///
  /// Conversion is as [Values#convert] has it.
  ///
  /// @return false, and the event is as it was, if the value can't be of the field's type
  public static boolean put(Event event, Field field, JsonLeaf leaf) {
    if (leaf.kind() == JsonLeaf.Kind.NULL) {
      if (!leaf.inArray()) {
        event.setNull(field);
      }
      return true;
    }
    if (field.isExt()) {
      putExt(event, field, leaf);
      return true;
    }
    if (leaf.inArray()) {
      Object value = boxed(field.type(), leaf);
      if (value == null) {
        return false;
      }
      event.append(field, value);
      return true;
    }
    switch (field.type()) {
      case STRING -> event.set(field, leaf.string());
      case LONG -> {
        if (leaf.isLong()) {
          event.set(field, leaf.longValue());
        } else {
          return convert(event, field, leaf);
        }
      }
      case DOUBLE -> {
        double d = leaf.doubleValue();
        if (Double.isNaN(d)) {
          return convert(event, field, leaf);
        }
        event.set(field, d);
      }
      case BOOLEAN -> {
        if (leaf.kind() != JsonLeaf.Kind.BOOLEAN) {
          return convert(event, field, leaf);
        }
        event.set(field, leaf.booleanValue());
      }
      case INSTANT -> {
        long nanos = leaf.nanos();
        if (nanos == Timestamp.NONE) {
          return false;
        }
        event.setNanos(field, nanos);
      }
      case IP -> {
        IpAddress ip = leaf.ip();
        if (ip == null) {
          return false;
        }
        event.set(field, ip);
      }
    }
    return true;
  }

  private static boolean convert(Event event, Field field, JsonLeaf leaf) {
    Object value = boxed(field.type(), leaf);
    if (value == null) {
      return false;
    }
    event.setBoxed(field, value);
    return true;
  }

  private static @Nullable Object boxed(FieldType type, JsonLeaf leaf) {
    return switch (type) {
      case STRING -> leaf.string();
      case LONG -> leaf.isLong() ? (Object) leaf.longValue() : Values.one(type, leaf.string());
      case DOUBLE -> Values.one(type, leaf.string());
      case BOOLEAN ->
          leaf.kind() == JsonLeaf.Kind.BOOLEAN
              ? (Object) leaf.booleanValue()
              : Values.one(type, leaf.string());
      case INSTANT -> {
        long nanos = leaf.nanos();
        yield nanos == Timestamp.NONE ? null : Values.instant(nanos);
      }
      case IP -> leaf.ip();
    };
  }

  private static void putExt(Event event, Field field, JsonLeaf leaf) {
    Object value =
        switch (leaf.kind()) {
          case INTEGER -> leaf.isLong() ? (Object) leaf.longValue() : leaf.string();
          case DECIMAL -> leaf.doubleValue();
          case BOOLEAN -> leaf.booleanValue();
          case TEXT, NULL -> leaf.string();
        };
    FieldType type =
        switch (value) {
          case Long _ -> FieldType.LONG;
          case Double _ -> FieldType.DOUBLE;
          case Boolean _ -> FieldType.BOOLEAN;
          default -> FieldType.STRING;
        };
    FieldType known = leaf.inArray() ? event.type(field) : null;
    if (known == FieldType.STRING) {
      event.append(field, leaf.string());
      return;
    }
    Field typed = type == field.type() ? field : FieldCatalogue.get().fieldOr(field.name(), type);
    if (typed.type() != type) {
      // A sensor registered the name after the caller looked it up; its text is right under the old
      // field.
      event.set(field, leaf.string());
      return;
    }
    if (!leaf.inArray()) {
      event.setBoxed(typed, value);
      return;
    }
    if (known == null || known == type) {
      event.append(typed, value);
    } else {
      // An array of several kinds: all of it becomes text.
      List<Object> texts = new ArrayList<>();
      event.values(typed).forEach(v -> texts.add(Values.text(v)));
      texts.add(leaf.string());
      event.set(field, texts);
    }
  }
}
