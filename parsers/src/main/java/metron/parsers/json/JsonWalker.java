package metron.parsers.json;

import java.util.Arrays;
import metron.parsers.mapping.Draft;
import metron.parsers.mapping.Kind;
import metron.parsers.mapping.Node;
import metron.parsers.scan.Bytes;

/// Carries the values of a tape to their fields. Values inside arrays are gathered to lists; an array of objects becomes one
/// list for each name in them, as a search index would flatten it.
public final class JsonWalker {
  private final JsonTape tape = new JsonTape();
  private byte[] scratch = new byte[256];

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

  /// Entries of the tape last read.
  public int size() {
    return tape.size();
  }

  public boolean isObject(int entry) {
    return (tape.kinds[entry] & 15) == JsonTape.OBJECT;
  }

  public boolean isArray(int entry) {
    return (tape.kinds[entry] & 15) == JsonTape.ARRAY;
  }

  public boolean isText(int entry) {
    return (tape.kinds[entry] & 15) == JsonTape.STRING;
  }

  /// The entry after this one and all below it.
  public int after(int entry) {
    int kind = tape.kinds[entry] & 15;
    return kind == JsonTape.OBJECT || kind == JsonTape.ARRAY ? tape.to[entry] : entry + 1;
  }

  public int from(int entry) {
    return tape.from[entry];
  }

  public int to(int entry) {
    return tape.to[entry];
  }

  public int keyFrom(int entry) {
    return tape.keyFrom[entry];
  }

  public int keyTo(int entry) {
    return tape.keyTo[entry];
  }

  /// The entry of a key directly in an object, or -1.
  ///
  /// @param hash of the key, by [Bytes#hash]
  public int find(byte[] b, int object, byte[] key, int hash) {
    int end = tape.to[object];
    for (int i = object + 1; i < end; i = after(i)) {
      if (tape.keyHash[i] == hash && Bytes.equals(b, tape.keyFrom[i], tape.keyTo[i], key)) {
        return i;
      }
    }
    return -1;
  }

  /// Sends everything in an object to where its names say.
  public void map(Draft d, byte[] b, Node node, int object) {
    object(d, b, node, object, false);
  }

  private void object(Draft d, byte[] b, Node node, int object, boolean inArray) {
    int end = tape.to[object];
    int i = object + 1;
    while (i < end) {
      Node child = child(b, node, i);
      int kind = tape.kinds[i] & 15;
      switch (kind) {
        case JsonTape.OBJECT -> {
          if (!child.dropped()) {
            object(d, b, child, i, inArray);
          }
          i = tape.to[i];
        }
        case JsonTape.ARRAY -> {
          if (!child.dropped()) {
            array(d, b, child, i);
            if (!inArray) {
              d.endArray();
            }
          }
          i = tape.to[i];
        }
        default -> {
          scalar(d, b, child, i, kind, inArray);
          i++;
        }
      }
    }
  }

  private void array(Draft d, byte[] b, Node node, int array) {
    int end = tape.to[array];
    int i = array + 1;
    while (i < end) {
      int kind = tape.kinds[i] & 15;
      switch (kind) {
        case JsonTape.OBJECT -> {
          object(d, b, node, i, true);
          i = tape.to[i];
        }
        case JsonTape.ARRAY -> {
          array(d, b, node, i);
          i = tape.to[i];
        }
        default -> {
          scalar(d, b, node, i, kind, true);
          i++;
        }
      }
    }
  }

  private void scalar(Draft d, byte[] b, Node node, int i, int kind, boolean inArray) {
    if (kind == JsonTape.NULL) {
      return;
    }
    byte[] bytes = b;
    int from = tape.from[i];
    int to = tape.to[i];
    if ((tape.kinds[i] & JsonTape.ESCAPED) != 0) {
      to = decode(b, from, to);
      from = 0;
      bytes = scratch;
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

  private Node child(byte[] b, Node node, int i) {
    int from = tape.keyFrom[i];
    int to = tape.keyTo[i];
    if ((tape.kinds[i] & JsonTape.KEY_ESCAPED) != 0) {
      int n = decode(b, from, to);
      return node.child(scratch, 0, n, Bytes.hash(scratch, 0, n));
    }
    return node.child(b, from, to, tape.keyHash[i]);
  }

  /// Undoes the escapes of a string into the scratch buffer; the tape has checked them. Half a surrogate pair becomes
  /// U+FFFD.
  ///
  /// @return bytes in the buffer
  private int decode(byte[] b, int from, int to) {
    if (scratch.length < to - from) {
      scratch = new byte[Integer.highestOneBit(to - from) * 2];
    } else if (scratch.length > 65_536 && to - from < 4_096) {
      scratch = Arrays.copyOf(scratch, 4_096);
    }
    byte[] out = scratch;
    int n = 0;
    int i = from;
    while (i < to) {
      byte c = b[i];
      if (c != '\\') {
        out[n++] = c;
        i++;
        continue;
      }
      byte e = b[i + 1];
      i += 2;
      switch (e) {
        case 'b' -> out[n++] = '\b';
        case 'f' -> out[n++] = '\f';
        case 'n' -> out[n++] = '\n';
        case 'r' -> out[n++] = '\r';
        case 't' -> out[n++] = '\t';
        case 'u' -> {
          int code = (int) Bytes.hex(b, i, i + 4);
          i += 4;
          if (code >= 0xd800 && code < 0xdc00 && i + 6 <= to && b[i] == '\\' && b[i + 1] == 'u') {
            int low = (int) Bytes.hex(b, i + 2, i + 6);
            if (low >= 0xdc00 && low < 0xe000) {
              code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
              i += 6;
            }
          }
          n = utf8(out, n, code >= 0xd800 && code < 0xe000 ? 0xfffd : code);
        }
        default -> out[n++] = e;
      }
    }
    return n;
  }

  private static int utf8(byte[] out, int at, int code) {
    int n = at;
    if (code < 0x80) {
      out[n++] = (byte) code;
    } else if (code < 0x800) {
      out[n++] = (byte) (0xc0 | (code >> 6));
      out[n++] = (byte) (0x80 | (code & 63));
    } else if (code < 0x10000) {
      out[n++] = (byte) (0xe0 | (code >> 12));
      out[n++] = (byte) (0x80 | ((code >> 6) & 63));
      out[n++] = (byte) (0x80 | (code & 63));
    } else {
      out[n++] = (byte) (0xf0 | (code >> 18));
      out[n++] = (byte) (0x80 | ((code >> 12) & 63));
      out[n++] = (byte) (0x80 | ((code >> 6) & 63));
      out[n++] = (byte) (0x80 | (code & 63));
    }
    return n;
  }
}
