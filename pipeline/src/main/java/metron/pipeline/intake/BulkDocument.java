package metron.pipeline.intake;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import metron.event.RawMessage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// What the intake must know of a JSON document that a log shipper sent: is it an object at all, which sensor does it name,
/// and does it carry the line that was read from a file.
///
/// @param problem why it is not a JSON object; null: it is one
/// @param texts dotted name to text of the members that decide, those of [#WANTED]
record BulkDocument(@Nullable String problem, Map<String, String> texts) {
  private static final int DEEPEST = 200;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private static final Map<String, String> WANTED =
      Map.of(
          "metron.sensor", "sensor",
          "data_stream.dataset", "dataset",
          "event.original", "original",
          "message", "message",
          "log", "log",
          "log.file.path", "path",
          "file", "path",
          "path", "path");

  static BulkDocument read(byte[] bytes) {
    Map<String, String> texts = HashMap.newHashMap(4);
    try (JsonParser p = JSON.createParser(ObjectReadContext.empty(), bytes)) {
      if (p.nextToken() != JsonToken.START_OBJECT) {
        return new BulkDocument("expected a JSON object, found " + excerpt(bytes), Map.of());
      }
      object(p, "", texts);
      JsonToken more = p.nextToken();
      if (more != null) {
        return new BulkDocument("expected one JSON object, found more after it", Map.of());
      }
      return new BulkDocument(null, texts);
    } catch (JacksonException e) {
      String why = String.valueOf(e.getOriginalMessage());
      return new BulkDocument("not valid JSON: " + why.lines().findFirst().orElse(""), Map.of());
    }
  }

  private static void object(JsonParser p, String prefix, Map<String, String> texts) {
    while (p.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = prefix + p.currentName();
      JsonToken value = p.nextToken();
      if (value == JsonToken.START_OBJECT && leads(name)) {
        object(p, name + ".", texts);
      } else if (value == JsonToken.START_OBJECT || value == JsonToken.START_ARRAY) {
        p.skipChildren();
      } else if (value == JsonToken.VALUE_STRING && WANTED.containsKey(name)) {
        texts.putIfAbsent(WANTED.get(name), p.getString());
      }
    }
  }

  private static boolean leads(String name) {
    return switch (name) {
      case "metron", "data_stream", "event", "log", "log.file" -> true;
      default -> false;
    };
  }

  @Nullable String text(String name) {
    return texts.get(name);
  }

  /// The line as the shipper read it: `event.original`, `message` (Filebeat, Vector, Logstash) or `log` (Fluent Bit).
  byte @Nullable [] line() {
    String line = texts.get("original");
    if (line == null) {
      line = texts.get("message");
    }
    if (line == null) {
      line = texts.get("log");
    }
    return line == null ? null : line.stripTrailing().getBytes(StandardCharsets.UTF_8);
  }

  Map<String, String> metadata(String sender) {
    String path = texts.get("path");
    return path == null
        ? Map.of(RawMessage.SOURCE_ADDRESS, sender)
        : Map.of(RawMessage.SOURCE_ADDRESS, sender, RawMessage.FILE, path);
  }

  private static String excerpt(byte[] bytes) {
    String text = new String(bytes, 0, Math.min(bytes.length, 40), StandardCharsets.UTF_8);
    return '"' + text.replaceAll("\\p{Cntrl}", "?") + '"';
  }
}
