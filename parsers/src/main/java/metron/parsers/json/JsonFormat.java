package metron.parsers.json;

import java.nio.charset.StandardCharsets;
import metron.config.Section;
import metron.event.json.JsonKey;
import metron.event.json.JsonTape;
import metron.parsers.mapping.Draft;
import metron.parsers.mapping.Format;
import metron.parsers.mapping.FormatPlan;
import metron.parsers.mapping.Mapping;
import metron.parsers.mapping.MappingPlan;
import metron.parsers.mapping.Mappings;
import org.jspecify.annotations.Nullable;

/// One JSON object a message, or an array of objects, each of which becomes an event.
///
/// Option `type`: the top-level key whose value is the record type.
public final class JsonFormat implements Format {
  private final Mappings mappings;
  private final JsonWalker json = new JsonWalker();
  private final JsonTape tape = json.tape();
  // Null: records of this source have no type.
  private final @Nullable JsonKey typeKey;

  private JsonFormat(Mappings mappings, String typeKey) {
    this.mappings = mappings;
    this.typeKey = typeKey.isEmpty() ? null : tape.learn(typeKey.getBytes(StandardCharsets.UTF_8));
  }

  public static FormatPlan compile(Section options, MappingPlan mapping) {
    String type = options.string("type", "");
    return mappings -> new JsonFormat(mappings, type);
  }

  @Override
  public boolean read(Draft d) {
    byte[] b = d.bytes();
    int from =
        b.length > 2
                && d.from() == 0
                && b[0] == (byte) 0xef
                && b[1] == (byte) 0xbb
                && b[2] == (byte) 0xbf
            ? 3
            : d.from();
    int end = json.read(d, b, from, d.to());
    if (end < 0) {
      return false;
    }
    if (end < d.to()) {
      return d.reject("expected the end after a JSON value at byte " + end, end);
    }
    int kind = tape.kind(0);
    if (kind == JsonTape.OBJECT) {
      event(d, b, 0);
      return true;
    }
    if (kind == JsonTape.ARRAY) {
      int first = tape.first(0);
      if (first == tape.size()) {
        return d.skip("an empty array");
      }
      for (int i = first; i < tape.size(); i = tape.after(i)) {
        if (tape.kind(i) != JsonTape.OBJECT) {
          return d.reject("expected JSON objects in the array", tape.from(i));
        }
        if (i > first && !d.next()) {
          return d.reject("expected at most " + Draft.MAX_EVENTS + " objects", tape.from(i));
        }
        event(d, b, i);
      }
      return true;
    }
    return d.reject("expected a JSON object", d.from());
  }

  private void event(Draft d, byte[] b, int object) {
    Mapping mapping = mappings.base();
    if (typeKey != null) {
      int type = tape.find(object, typeKey);
      if (type >= 0 && tape.kind(type) == JsonTape.STRING) {
        mapping = mappings.of(b, tape.from(type), tape.to(type));
      }
    }
    d.start(mapping);
    json.map(d, mapping.root(), object);
  }
}
