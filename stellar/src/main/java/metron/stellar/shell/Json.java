package metron.stellar.shell;

import java.io.OutputStream;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Values of the language from and to JSON.
///
/// Whole numbers become an Integer, beyond its range a Long, beyond that a Double; others become a
/// Double. Sets are written as arrays, instants as epoch milliseconds, NaN and the infinities as
/// texts, objects of functions by their text.
public final class Json {
  private static final JsonFactory FACTORY = JsonFactory.builder().build();

  private Json() {}

  /// @throws IllegalArgumentException when the text is no JSON value, saying where
  public static @Nullable Object read(String text) {
    return read(() -> FACTORY.createParser(ObjectReadContext.empty(), text));
  }

  /// Bytes in UTF-8.
  ///
  /// @throws IllegalArgumentException when the bytes are no JSON value, saying where
  static @Nullable Object read(byte[] text, int start, int length) {
    return read(() -> FACTORY.createParser(ObjectReadContext.empty(), text, start, length));
  }

  private static @Nullable Object read(Supplier<JsonParser> open) {
    try (JsonParser parser = open.get()) {
      if (parser.nextToken() == null) {
        throw new IllegalArgumentException("is empty, expected a JSON value");
      }
      Object value = value(parser);
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException(
            "has more than one JSON value; the second begins at column "
                + parser.currentTokenLocation().getColumnNr());
      }
      return value;
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "is no JSON: %s at line %d column %d"
              .formatted(
                  e.getOriginalMessage(),
                  e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                  e.getLocation() == null ? 1 : e.getLocation().getColumnNr()),
          e);
    }
  }

  private static @Nullable Object value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          map.put(name, value(parser));
        }
        yield map;
      }
      case START_ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(parser));
        }
        yield list;
      }
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT ->
          switch (parser.getNumberType()) {
            case INT -> (Object) parser.getIntValue();
            case LONG -> (Object) parser.getLongValue();
            default -> (Object) parser.getDoubleValue();
          };
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  /// One line of JSON.
  public static String write(@Nullable Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = generator(text)) {
      write(json, value);
    }
    return text.toString();
  }

  static JsonGenerator generator(java.io.Writer writer) {
    return FACTORY.createGenerator(ObjectWriteContext.empty(), writer);
  }

  /// Writes UTF-8.
  static JsonGenerator generator(OutputStream out) {
    return FACTORY.createGenerator(ObjectWriteContext.empty(), out);
  }

  /// A text without halves of characters, which UTF-8 can't hold: each becomes U+FFFD.
  private static String sound(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        StringBuilder sound = new StringBuilder(text.length());
        text.codePoints()
            .forEach(
                c ->
                    sound.appendCodePoint(
                        c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xfffd : c));
        return sound.toString();
      }
    }
    return text;
  }

  // A host may hand such moments in.
  @SuppressWarnings("JavaUtilDate")
  static void write(JsonGenerator json, @Nullable Object value) {
    switch (value) {
      case null -> json.writeNull();
      case String s -> json.writeString(sound(s));
      case Boolean b -> json.writeBoolean(b);
      case Integer i -> json.writeNumber(i);
      case Long l -> json.writeNumber(l);
      case Double d -> {
        if (Double.isFinite(d)) {
          json.writeNumber(d);
        } else {
          json.writeString(d.toString());
        }
      }
      case Float f -> {
        if (Float.isFinite(f)) {
          json.writeNumber(f);
        } else {
          json.writeString(f.toString());
        }
      }
      case Instant instant -> json.writeNumber(instant.toEpochMilli());
      case Date date -> json.writeNumber(date.getTime());
      case Map<?, ?> map -> {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          json.writeName(sound(String.valueOf(entry.getKey())));
          write(json, entry.getValue());
        }
        json.writeEndObject();
      }
      case Iterable<?> elements -> {
        json.writeStartArray();
        for (Object element : elements) {
          write(json, element);
        }
        json.writeEndArray();
      }
      default -> json.writeString(sound(value.toString()));
    }
  }
}
