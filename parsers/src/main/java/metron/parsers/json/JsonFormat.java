package metron.parsers.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import metron.config.Section;
import metron.event.json.JsonKey;
import metron.event.json.JsonTape;
import metron.parsers.mapping.Draft;
import metron.parsers.mapping.Format;
import metron.parsers.mapping.FormatPlan;
import metron.parsers.mapping.Mapping;
import metron.parsers.mapping.MappingPlan;
import metron.parsers.mapping.Mappings;
import metron.parsers.mapping.Node;
import metron.parsers.scan.Bytes;

/// One JSON object a message, or an array of objects, each of which becomes an event. Options:
///
/// - `type`: the key, or path with points, whose value is the record type; of several the first that is there;
/// - `events`: the path of an array whose objects become an event each (`Records`), or of one such object; the fields around it are
///   put into each. An object without it is an event itself;
/// - `keep-path`: whether the objects of `events` keep the name of their array (false: they stand at the top);
/// - `named`: arrays of names and values, `{parameters: [name, value]}`; of several keys for the value the first that is there;
/// - `rest`: the path of a text that is left for the next link.
public final class JsonFormat implements Format {
  private record Options(
      List<String> type,
      String events,
      boolean keepPath,
      Map<String, List<String>> named,
      String rest) {}

  private final Mappings mappings;
  private final JsonWalker json = new JsonWalker();
  private final JsonTape tape = json.tape();
  private final List<JsonKey[]> types = new ArrayList<>();
  private final JsonKey[] events;
  private final JsonKey[] rest;
  private final boolean keepPath;

  private JsonFormat(Mappings mappings, Options options) {
    this.mappings = mappings;
    options.type().forEach(path -> types.add(path(path)));
    this.events = path(options.events());
    this.rest = path(options.rest());
    this.keepPath = options.keepPath();
    options
        .named()
        .forEach((path, keys) -> json.named(path, keys.getFirst(), keys.subList(1, keys.size())));
  }

  public static FormatPlan compile(Section options, MappingPlan mapping) {
    Map<String, List<String>> named = new LinkedHashMap<>();
    options
        .entries("named")
        .forEach(
            (path, node) -> {
              List<String> keys = List.copyOf(node.texts(options.faults()));
              if (keys.size() < 2) {
                options
                    .faults()
                    .add(node.at(), "named: " + path + " has one key, expected [name, value]");
              } else {
                named.put(path, keys);
              }
            });
    Options all =
        new Options(
            List.copyOf(options.strings("type")),
            options.string("events", ""),
            options.bool("keep-path", false),
            Map.copyOf(named),
            options.string("rest", ""));
    return mappings -> new JsonFormat(mappings, all);
  }

  private JsonKey[] path(String path) {
    return path.isEmpty()
        ? new JsonKey[0]
        : java.util.Arrays.stream(path.split("\\.")).map(json::key).toArray(JsonKey[]::new);
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
      return object(d, b);
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

  private boolean object(Draft d, byte[] b) {
    int array = events.length == 0 ? -1 : json.find(0, events);
    if (array >= 0 && tape.kind(array) == JsonTape.OBJECT) {
      // One event in an envelope.
      within(d, b, array, array);
      return rest.length == 0 || payload(d);
    }
    if (array < 0 || tape.kind(array) != JsonTape.ARRAY) {
      event(d, b, 0);
      return rest.length == 0 || payload(d);
    }
    int first = tape.first(array);
    int end = tape.to(array);
    if (first == end) {
      return d.skip("an empty array");
    }
    for (int i = first; i < end; i = tape.after(i)) {
      if (tape.kind(i) != JsonTape.OBJECT) {
        return d.reject("expected JSON objects in the array", tape.from(i));
      }
      if (i > first && !d.next()) {
        return d.reject("expected at most " + Draft.MAX_EVENTS + " objects", tape.from(i));
      }
      within(d, b, array, i);
    }
    return true;
  }

  /// An object with the fields around it.
  private void within(Draft d, byte[] b, int without, int object) {
    Mapping mapping = mapping(b, object);
    if (mapping.equals(mappings.base())) {
      mapping = mapping(b, 0);
    }
    d.start(mapping);
    json.mapWithout(d, mapping.root(), 0, events.length == 1 ? without : -1);
    Node node = mapping.root();
    for (JsonKey key : keepPath ? events : new JsonKey[0]) {
      node = node.child(key);
    }
    json.map(d, node, object);
  }

  private boolean payload(Draft d) {
    int value = json.find(0, rest);
    if (value < 0 || tape.kind(value) != JsonTape.STRING) {
      return d.reject("no text for the next format, expected one in " + text(rest), d.from());
    }
    if (tape.escaped(value)) {
      int length = tape.decode(value);
      d.payload(java.util.Arrays.copyOf(tape.decoded(), length), 0, length);
    } else {
      d.payload(tape.from(value), tape.to(value));
    }
    return true;
  }

  private static String text(JsonKey[] path) {
    StringBuilder out = new StringBuilder();
    for (JsonKey key : path) {
      byte[] name = key.bytes();
      out.append(out.isEmpty() ? "" : ".").append(Bytes.text(name, 0, name.length));
    }
    return out.toString();
  }

  private void event(Draft d, byte[] b, int object) {
    Mapping mapping = types.isEmpty() && d.started() ? d.mapping() : mapping(b, object);
    d.start(mapping);
    json.map(d, mapping.root(), object);
  }

  private Mapping mapping(byte[] b, int object) {
    for (int k = 0; k < types.size(); k++) {
      int type = json.find(object, types.get(k));
      if (type >= 0
          && (tape.kind(type) == JsonTape.STRING || tape.kind(type) == JsonTape.INTEGER)) {
        return mappings.of(b, tape.from(type), tape.to(type));
      }
    }
    return mappings.base();
  }
}
