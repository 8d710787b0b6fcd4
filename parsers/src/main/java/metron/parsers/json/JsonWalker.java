package metron.parsers.json;

import metron.event.json.JsonTape;
import metron.parsers.mapping.Draft;
import metron.parsers.mapping.Kind;
import metron.parsers.mapping.Node;
import metron.parsers.scan.Bytes;

/// Carries the values of a tape to their fields. Values inside arrays are gathered to lists; an array of objects becomes one
/// list for each name in them, as a search index would flatten it.
public final class JsonWalker {
  private final JsonTape tape = new JsonTape();

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
