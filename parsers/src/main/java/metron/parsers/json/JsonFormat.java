package metron.parsers.json;

import java.nio.charset.StandardCharsets;
import metron.config.Section;
import metron.parsers.mapping.Draft;
import metron.parsers.mapping.Format;
import metron.parsers.mapping.FormatPlan;
import metron.parsers.mapping.Mapping;
import metron.parsers.mapping.MappingPlan;
import metron.parsers.mapping.Mappings;
import metron.parsers.scan.Bytes;

/// One JSON object a message, or an array of objects, each of which becomes an event.
///
/// Option `type`: the top-level key whose value is the record type.
public final class JsonFormat implements Format {
  private final Mappings mappings;
  private final byte[] typeKey;
  private final int typeHash;
  private final JsonWalker json = new JsonWalker();

  private JsonFormat(Mappings mappings, String typeKey) {
    this.mappings = mappings;
    this.typeKey = typeKey.getBytes(StandardCharsets.UTF_8);
    this.typeHash = Bytes.hash(this.typeKey, 0, this.typeKey.length);
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
    if (json.isObject(0)) {
      event(d, b, 0);
      return true;
    }
    if (json.isArray(0)) {
      int last = json.after(0);
      if (last == 1) {
        return d.skip("an empty array");
      }
      for (int i = 1; i < last; i = json.after(i)) {
        if (!json.isObject(i)) {
          return d.reject("expected JSON objects in the array", json.from(i));
        }
        if (i > 1 && !d.next()) {
          return d.reject("expected at most " + Draft.MAX_EVENTS + " objects", json.from(i));
        }
        event(d, b, i);
      }
      return true;
    }
    return d.reject("expected a JSON object", d.from());
  }

  private void event(Draft d, byte[] b, int object) {
    Mapping mapping = mappings.base();
    if (typeKey.length > 0) {
      int type = json.find(b, object, typeKey, typeHash);
      if (type >= 0 && json.isText(type)) {
        mapping = mappings.of(b, json.from(type), json.to(type));
      }
    }
    d.start(mapping);
    json.map(d, b, mapping.root(), object);
  }
}
