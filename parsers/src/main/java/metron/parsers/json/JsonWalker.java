package metron.parsers.json;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import metron.event.json.JsonKey;
import metron.event.json.JsonTape;
import metron.parsers.mapping.Draft;
import metron.parsers.mapping.Kind;
import metron.parsers.mapping.Node;
import metron.parsers.scan.Bytes;

/// Carries the values of a tape to their fields. Values inside arrays are gathered to lists; an array of objects becomes one
/// list for each name in them, as a search index would flatten it.
public final class JsonWalker {
  /// How the objects of an array are read that are a name and a value each.
  ///
  /// @param name key of the name
  /// @param values keys of the value; the first that is there counts
  record Named(JsonKey name, List<JsonKey> values) {}

  private final JsonTape tape = new JsonTape();
  private final Map<String, Named> named = new HashMap<>();

  /// Reads the array at that path as names and values: `[{"name": "a", "value": 1}]` is `a: 1` below the path.
  void named(String path, String name, List<String> values) {
    named.put(path, new Named(key(name), values.stream().map(this::key).toList()));
  }

  JsonKey key(String name) {
    return tape.learn(name.getBytes(StandardCharsets.UTF_8));
  }

  /// The values of the text last read.
  public JsonTape tape() {
    return tape;
  }

  /// Reads one JSON value.
  ///
  /// @return where it ended, or -1 after the draft was told
  public int read(Draft d, byte[] b, int from, int to) {
    int end = tape.read(b, from, to);
    if (end < 0) {
      int at = tape.errorAt();
      d.reject(
          "not JSON at byte "
              + at
              + ": expected "
              + tape.error()
              + ", found "
              + (at < to ? "\"" + Bytes.excerpt(b, at, Math.min(to, at + 12)) + "\"" : "the end"),
          at);
    }
    return end;
  }

  /// The value at a path of keys below an object, or -1.
  int find(int object, JsonKey[] path) {
    int at = object;
    for (JsonKey key : path) {
      at = at >= 0 && tape.kind(at) == JsonTape.OBJECT ? tape.find(at, key) : -1;
    }
    return at;
  }

  /// As [#map], without what one key of the object holds.
  void mapWithout(Draft d, Node node, int object, int value) {
    int end = tape.to(object);
    for (int i = tape.first(object); i < end; i = tape.after(i)) {
      if (i != value) {
        Node child = node.child(tape.key(i));
        switch (tape.kind(i)) {
          case JsonTape.OBJECT -> {
            if (!child.dropped()) {
              object(d, child, i, false);
            }
          }
          case JsonTape.ARRAY -> {
            if (!child.dropped()) {
              array(d, child, i);
              d.endArray();
            }
          }
          default -> scalar(d, child, i, tape.kind(i), false);
        }
      }
    }
  }

  /// Sends everything in an object to where its names say.
  public void map(Draft d, Node node, int object) {
    object(d, node, object, false);
  }

  private void object(Draft d, Node node, int object, boolean inArray) {
    int end = tape.to(object);
    int i = tape.first(object);
    while (i < end) {
      Node child = node.child(tape.key(i));
      int kind = tape.kind(i);
      if (kind == JsonTape.OBJECT) {
        if (!child.dropped()) {
          object(d, child, i, inArray);
        }
      } else if (kind == JsonTape.ARRAY) {
        if (!child.dropped()) {
          array(d, child, i);
          if (!inArray) {
            d.endArray();
          }
        }
      } else {
        scalar(d, child, i, kind, inArray);
      }
      i = tape.after(i);
    }
  }

  private void array(Draft d, Node node, int array) {
    Named pairs = named.isEmpty() ? null : named.get(node.path());
    if (pairs != null) {
      pairs(d, node, array, pairs);
      return;
    }
    int end = tape.to(array);
    for (int i = tape.first(array); i < end; i = tape.after(i)) {
      int kind = tape.kind(i);
      switch (kind) {
        case JsonTape.OBJECT -> object(d, node, i, true);
        case JsonTape.ARRAY -> array(d, node, i);
        default -> scalar(d, node, i, kind, true);
      }
    }
  }

  private void pairs(Draft d, Node node, int array, Named pairs) {
    int end = tape.to(array);
    for (int i = tape.first(array); i < end; i = tape.after(i)) {
      int name = tape.kind(i) == JsonTape.OBJECT ? tape.find(i, pairs.name()) : -1;
      if (name < 0 || tape.kind(name) != JsonTape.STRING || tape.from(name) == tape.to(name)) {
        continue;
      }
      for (JsonKey key : pairs.values()) {
        int value = tape.find(i, key);
        if (value >= 0) {
          int from = tape.from(name);
          int to = tape.to(name);
          byte[] b = tape.bytes();
          any(d, node.child(b, from, to, Bytes.hash(b, from, to)), value);
          break;
        }
      }
    }
  }

  private void any(Draft d, Node node, int value) {
    int kind = tape.kind(value);
    switch (kind) {
      case JsonTape.OBJECT -> object(d, node, value, true);
      case JsonTape.ARRAY -> array(d, node, value);
      default -> scalar(d, node, value, kind, false);
    }
  }

  private void scalar(Draft d, Node node, int i, int kind, boolean inArray) {
    if (kind == JsonTape.NULL) {
      return;
    }
    byte[] bytes = tape.bytes();
    int from = tape.from(i);
    int to = tape.to(i);
    if (tape.escaped(i)) {
      to = tape.decode(i);
      from = 0;
      bytes = tape.decoded();
    }
    Kind k =
        switch (kind) {
          case JsonTape.INTEGER -> Kind.INTEGER;
          case JsonTape.REAL -> Kind.REAL;
          case JsonTape.TRUTH -> Kind.BOOLEAN;
          default -> Kind.TEXT;
        };
    if (inArray) {
      node.target().append(d, bytes, from, to, k);
    } else {
      node.target().set(d, bytes, from, to, k);
    }
  }
}
