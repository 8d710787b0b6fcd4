package metron.event.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the values of a JSON text stand (RFC 8259): one pass checks the grammar and writes a tape of positions, so that
/// a record's type can be looked up before its fields are mapped, wherever it stands, and no text is made for a value
/// that nobody wants.
///
/// An entry has a kind, its key (in arrays: none), and the value's range: the bytes between the quotes of a string, all
/// bytes of a number. Entries are named by their place on the tape, 0 the first; [#first] and [#after] go from one to another.
///
/// How it is fast. Text is scanned eight bytes at a time (the "byte in word" test of Mycroft, 1987). The tape learns the keys
/// it meets, and for each which ones came next: records of a sensor look alike, so nearly every key is found by comparing
/// it, a word at a time, with such a guess, without looking for its end or hashing it; on the way its quote and colon are
/// checked too. What a key means is then a look-up by a small number. The idea of a tape is simdjson's (Langdale, Lemire:
/// "Parsing Gigabytes of JSON per Second", 2019).
///
/// Taken beyond the RFC: raw control characters inside strings, which some log writers leave in, and numbers with leading
/// zeros. Bounds: [#MAX_DEPTH], [#MAX_VALUES], and [#MAX_LEARNED] keys.
///
/// Not thread-safe. Used again for each text; entries are valid until the next [#read].
public final class JsonTape {
  /// What an entry is.
  public static final int STRING = 1;

  /// A number without fraction and exponent.
  public static final int INTEGER = 2;

  public static final int REAL = 3;
  public static final int TRUTH = 4;
  public static final int NULL = 5;
  public static final int OBJECT = 6;
  public static final int ARRAY = 7;

  /// Levels of objects and arrays.
  public static final int MAX_DEPTH = 64;

  /// Values in one text.
  public static final int MAX_VALUES = 100_000;

  /// Keys that the tape remembers; later ones are read too, only slower.
  public static final int MAX_LEARNED = 8_192;

  /// Longest key that is remembered, in bytes.
  private static final int MAX_LEARNED_BYTES = 256;

  // A key whose place and so many after it are taken is not learned, so that keys made to collide
  // cost no more than others.
  private static final int MAX_PROBES = 16;

  private static final int KIND = 15;
  private static final int ESCAPED = 16;
  private static final int WIDTH = 4;
  private static final int NO_KEY = Integer.MIN_VALUE;

  static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGHS = 0x8080_8080_8080_8080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';

  // For each entry: kind and flag, key id (below 0: -1 - place in `strangers`), from, to. Of an
  // object or array, `to` is the
  // entry after its last descendant.
  private int[] tape = new int[64 * WIDTH];
  private int size;

  private byte[] text = new byte[0];
  private final int[] open = new int[MAX_DEPTH];
  private @Nullable String error;
  private int errorAt;

  private JsonKey[] keys = new JsonKey[64];
  private int keyCount;
  // Open addressing, at most half full.
  private @Nullable JsonKey[] table = new JsonKey[128];
  // Keys of this text that are not learned.
  private final List<JsonKey> strangers = new ArrayList<>();
  // What the first key of a text follows.
  private final JsonKey start = new JsonKey(JsonKey.UNLEARNED, new byte[0], 0);

  private byte[] scratch = new byte[256];

  // Results of the scans below, beside the position they return.
  private boolean escaped;
  private boolean real;
  private JsonKey found = start;

  /// The end of the tape: one past the last entry.
  public int size() {
    return size;
  }

  /// The bytes that ranges count in.
  public byte[] bytes() {
    return text;
  }

  /// [#STRING] to [#ARRAY].
  public int kind(int entry) {
    return tape[entry] & KIND;
  }

  /// Whether a string has escapes to [#decode].
  public boolean escaped(int entry) {
    return (tape[entry] & ESCAPED) != 0;
  }

  public int from(int entry) {
    return tape[entry + 2];
  }

  /// Of an object or array, the entry after its last descendant.
  public int to(int entry) {
    return tape[entry + 3];
  }

  /// The first entry inside an object or array; its [#to] if it is empty.
  public int first(int entry) {
    return entry + WIDTH;
  }

  /// The entry after this one and all inside it.
  public int after(int entry) {
    return kind(entry) >= OBJECT ? to(entry) : entry + WIDTH;
  }

  /// The key of an entry that stands directly in an object.
  public JsonKey key(int entry) {
    int id = tape[entry + 1];
    return id >= 0 ? keys[id] : strangers.get(-1 - id);
  }

  /// The entry of a key directly in an object, or -1; of several, the first.
  public int find(int object, JsonKey key) {
    int end = to(object);
    for (int i = first(object); i < end; i = after(i)) {
      if (tape[i + 1] == key.id()) {
        return i;
      }
    }
    return -1;
  }

  /// The key of that name, learned now if it was not; to be asked before any text is read, so that there is room.
  public JsonKey learn(byte[] name) {
    JsonKey key = key(name, 0, name.length, hash(name, 0, name.length));
    if (key.id() < 0) {
      throw new IllegalStateException("the tape has learned its fill of keys");
    }
    return key;
  }

  /// What was expected at [#errorAt], after [#read] answered -1.
  public String error() {
    return error == null ? "no error" : error;
  }

  public int errorAt() {
    return errorAt;
  }

  /// Reads one value, with blanks around it.
  ///
  /// @return where it ended, blanks after it passed, or -1
  public int read(byte[] b, int from, int end) {
    text = b;
    size = 0;
    error = null;
    strangers.clear();
    int depth = 0;
    int i = blanks(b, from, end);
    int key = NO_KEY;
    JsonKey previous = start;
    boolean inObject = false;
    while (true) {
      // A value stands at i.
      if (i >= end) {
        return fail("a value", i);
      }
      int n = size;
      if (n == tape.length) {
        if (n == MAX_VALUES * WIDTH) {
          return fail("at most " + MAX_VALUES + " values", i);
        }
        tape = Arrays.copyOf(tape, Math.min(n * 2, MAX_VALUES * WIDTH));
      }
      int[] t = tape;
      size = n + WIDTH;
      t[n + 1] = key;
      byte c = b[i];
      if (c == '"') {
        int e = stringEnd(b, i + 1, end);
        if (e < 0) {
          return -1;
        }
        t[n] = escaped ? STRING | ESCAPED : STRING;
        t[n + 2] = i + 1;
        t[n + 3] = e;
        i = e + 1;
      } else if (c <= '9' && (c >= '0' || c == '-')) {
        int e = numberEnd(b, i, end);
        if (e < 0) {
          return -1;
        }
        t[n] = real ? REAL : INTEGER;
        t[n + 2] = i;
        t[n + 3] = e;
        i = e;
      } else if (c == '{' || c == '[') {
        if (depth == MAX_DEPTH) {
          return fail("at most " + MAX_DEPTH + " levels", i);
        }
        boolean object = c == '{';
        t[n] = object ? OBJECT : ARRAY;
        t[n + 2] = i;
        i = blanks(b, i + 1, end);
        if (i < end && b[i] == (object ? '}' : ']')) {
          t[n + 3] = size;
          i++;
        } else {
          open[depth++] = n;
          inObject = object;
          key = NO_KEY;
          if (object) {
            i = key(b, i, end, previous);
            if (i < 0) {
              return -1;
            }
            previous = found;
            key = keyOf(previous);
          }
          continue;
        }
      } else {
        int e = wordEnd(b, i, end);
        if (e < 0) {
          return fail("a value", i);
        }
        t[n] = c == 'n' ? NULL : TRUTH;
        t[n + 2] = i;
        t[n + 3] = e;
        i = e;
      }
      // After a value: close what ends here, or go to the next.
      while (true) {
        i = blanks(b, i, end);
        if (depth == 0) {
          return i;
        }
        if (i >= end) {
          return fail(inObject ? "',' or '}'" : "',' or ']'", i);
        }
        byte after = b[i];
        if (after == ',') {
          i = blanks(b, i + 1, end);
          if (inObject) {
            i = key(b, i, end, previous);
            if (i < 0) {
              return -1;
            }
            previous = found;
            key = keyOf(previous);
          } else {
            key = NO_KEY;
          }
          break;
        }
        if (after != (inObject ? '}' : ']')) {
          return fail(inObject ? "',' or '}'" : "',' or ']'", i);
        }
        i++;
        tape[open[--depth] + 3] = size;
        inObject = depth > 0 && kind(open[depth - 1]) == OBJECT;
      }
    }
  }

  private int keyOf(JsonKey key) {
    int id = key.id();
    if (id >= 0) {
      return id;
    }
    strangers.add(key);
    return -strangers.size();
  }

  /// Reads `"key" :` and the blanks after it into [#found].
  private int key(byte[] b, int i, int end, JsonKey previous) {
    if (i >= end || b[i] != '"') {
      return fail("a key in quotes", i);
    }
    JsonKey guess = previous.followerAt(b, i + 1, end);
    if (guess != null) {
      found = guess;
      return blanks(b, i + 1 + guess.length(), end);
    }
    int p = stringEnd(b, i + 1, end);
    if (p < 0) {
      if ("the end of a string".equals(error)) {
        error = "the end of a key";
      }
      return -1;
    }
    if (escaped) {
      int n = decode(i + 1, p);
      found = key(scratch, 0, n, hash(scratch, 0, n));
    } else {
      found = key(b, i + 1, p, hash(b, i + 1, p));
    }
    if (found.id() >= 0) {
      previous.follow(found);
    }
    p = blanks(b, p + 1, end);
    if (p >= end || b[p] != ':') {
      return fail("':' after a key", p);
    }
    return blanks(b, p + 1, end);
  }

  private JsonKey key(byte[] b, int from, int to, int hash) {
    int mask = table.length - 1;
    int i = hash & mask;
    int probes = 0;
    for (JsonKey known = table[i]; known != null && probes < MAX_PROBES; known = table[i]) {
      if (known.hash() == hash
          && Arrays.equals(known.bytes(), 0, known.bytes().length, b, from, to)) {
        return known;
      }
      i = (i + 1) & mask;
      probes++;
    }
    byte[] name = Arrays.copyOfRange(b, from, to);
    if (probes == MAX_PROBES || keyCount == MAX_LEARNED || to - from > MAX_LEARNED_BYTES) {
      return new JsonKey(JsonKey.UNLEARNED, name, hash);
    }
    JsonKey key = new JsonKey(keyCount, name, hash);
    if (keyCount == keys.length) {
      keys = Arrays.copyOf(keys, keyCount * 2);
    }
    keys[keyCount++] = key;
    table[i] = key;
    if (keyCount * 2 > table.length) {
      rehash();
    }
    return key;
  }

  /// A key that finds no place near enough is forgotten: should it come again, it is learned as another. The first ones,
  /// those of [#learn], always find one.
  private void rehash() {
    @Nullable JsonKey[] wider = new JsonKey[table.length * 2];
    int mask = wider.length - 1;
    for (int k = 0; k < keyCount; k++) {
      int i = keys[k].hash() & mask;
      int probes = 0;
      while (wider[i] != null && probes < MAX_PROBES) {
        i = (i + 1) & mask;
        probes++;
      }
      if (wider[i] == null) {
        wider[i] = keys[k];
      }
    }
    table = wider;
  }

  private static int hash(byte[] b, int from, int to) {
    int h = 0;
    for (int i = from; i < to; i++) {
      h = 31 * h + b[i];
    }
    // Names that are numbered hash to neighbours; without the product they would stand in one row.
    h *= 0x9e37_79b9;
    return h ^ (h >>> 15);
  }

  /// @return where the closing quote stands, or -1; sets [#escaped]
  private int stringEnd(byte[] b, int from, int end) {
    escaped = false;
    int p = from;
    while (true) {
      while (p + 8 <= end) {
        long w = (long) LONGS.get(b, p);
        long q = w ^ QUOTES;
        long s = w ^ BACKSLASHES;
        long hit = (((q - ONES) & ~q) | ((s - ONES) & ~s)) & HIGHS;
        if (hit != 0) {
          p += Long.numberOfTrailingZeros(hit) >>> 3;
          break;
        }
        p += 8;
      }
      while (p < end && b[p] != '"' && b[p] != '\\') {
        p++;
      }
      if (p >= end) {
        return fail("the end of a string", p);
      }
      if (b[p] == '"') {
        return p;
      }
      escaped = true;
      p = escapeEnd(b, p, end);
      if (p < 0) {
        return -1;
      }
    }
  }

  private int escapeEnd(byte[] b, int p, int end) {
    if (p + 1 >= end) {
      return fail("the end of an escape", p);
    }
    switch (b[p + 1]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
        return p + 2;
      }
      case 'u' -> {
        if (p + 6 > end || hex(b, p + 2) < 0) {
          return fail("four hexadecimal digits", p + 2);
        }
        return p + 6;
      }
      default -> {
        return fail("an escape that JSON has", p);
      }
    }
  }

  /// @return where the number ends, or -1; sets [#real]
  private int numberEnd(byte[] b, int from, int end) {
    int p = from;
    real = false;
    if (b[p] == '-') {
      p++;
    }
    int digits = p;
    p = digitsEnd(b, p, end);
    if (p == digits) {
      return fail("a digit", p);
    }
    if (p < end && b[p] == '.') {
      real = true;
      digits = ++p;
      p = digitsEnd(b, p, end);
      if (p == digits) {
        return fail("a digit", p);
      }
    }
    if (p < end && (b[p] | 32) == 'e') {
      real = true;
      p++;
      if (p < end && (b[p] == '+' || b[p] == '-')) {
        p++;
      }
      digits = p;
      p = digitsEnd(b, p, end);
      if (p == digits) {
        return fail("a digit", p);
      }
    }
    return p;
  }

  private static int digitsEnd(byte[] b, int from, int end) {
    int p = from;
    while (p < end && b[p] >= '0' && b[p] <= '9') {
      p++;
    }
    return p;
  }

  private static int wordEnd(byte[] b, int i, int end) {
    String word =
        switch (b[i]) {
          case 't' -> "true";
          case 'f' -> "false";
          default -> "null";
        };
    int length = word.length();
    if (end - i < length) {
      return -1;
    }
    for (int k = 0; k < length; k++) {
      if (b[i + k] != word.charAt(k)) {
        return -1;
      }
    }
    return i + length;
  }

  private static int blanks(byte[] b, int i, int end) {
    int p = i;
    while (p < end && b[p] <= ' ') {
      byte c = b[p];
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        break;
      }
      p++;
    }
    return p;
  }

  private int fail(String expected, int at) {
    error = expected;
    errorAt = at;
    return -1;
  }

  /// Undoes the escapes of a string into [#decoded]; the scan has checked them. Half a surrogate pair becomes U+FFFD.
  ///
  /// @return bytes in the buffer
  public int decode(int entry) {
    return decode(from(entry), to(entry));
  }

  /// The buffer that [#decode] fills; valid until the next call of it or of [#read].
  public byte[] decoded() {
    return scratch;
  }

  private int decode(int from, int to) {
    byte[] b = text;
    if (scratch.length < to - from) {
      scratch = new byte[Integer.highestOneBit(to - from) * 2];
    } else if (scratch.length > 65_536 && to - from < 4_096) {
      scratch = new byte[4_096];
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
          int code = hex(b, i);
          i += 4;
          if (code >= 0xd800 && code < 0xdc00 && i + 6 <= to && b[i] == '\\' && b[i + 1] == 'u') {
            int low = hex(b, i + 2);
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

  /// @return four hexadecimal digits, or less than 0
  private static int hex(byte[] b, int i) {
    return (digit(b[i]) << 12) | (digit(b[i + 1]) << 8) | (digit(b[i + 2]) << 4) | digit(b[i + 3]);
  }

  private static int digit(byte c) {
    return c >= '0' && c <= '9'
        ? c - '0'
        : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
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
