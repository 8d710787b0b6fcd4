package metron.parsers.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import metron.parsers.scan.Bytes;
import org.jspecify.annotations.Nullable;

/// Where the values of a JSON text stand (RFC 8259): one pass checks the grammar and writes a tape of positions, so that
/// a record's type can be looked up before its fields are mapped, wherever it stands, and no text is made for a value
/// that nobody wants.
///
/// Entry `i` has a kind, the key's range and hash (empty in arrays), and the value's range: the bytes between the quotes of
/// a string, all bytes of a number. For an object or array the range's end is the number of the entry after its last
/// descendant, so that it can be passed over in one step.
///
/// Taken beyond the RFC: raw control characters inside strings, which some log writers leave in, and numbers with leading
/// zeros. The idea of a tape is simdjson's (Langdale, Lemire: "Parsing Gigabytes of JSON per Second", 2019).
final class JsonTape {
  static final byte STRING = 1;
  static final byte INTEGER = 2;
  static final byte REAL = 3;
  static final byte TRUTH = 4;
  static final byte NULL = 5;
  static final byte OBJECT = 6;
  static final byte ARRAY = 7;

  /// Flags beside the kind: the string, or the key, has escapes to decode.
  static final byte ESCAPED = 16;

  static final byte KEY_ESCAPED = 32;

  private static final int MAX_DEPTH = 64;
  private static final int MAX_VALUES = 100_000;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGHS = 0x8080_8080_8080_8080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';

  byte[] kinds = new byte[128];
  int[] keyFrom = new int[128];
  int[] keyTo = new int[128];
  int[] keyHash = new int[128];
  int[] from = new int[128];
  int[] to = new int[128];
  private int size;

  private final int[] open = new int[MAX_DEPTH];
  private @Nullable String error;
  private int errorAt;

  /// Entries on the tape.
  int size() {
    return size;
  }

  /// What was expected at [#errorAt], after [#read] answered -1.
  String error() {
    return error == null ? "no error" : error;
  }

  int errorAt() {
    return errorAt;
  }

  /// Reads one value, with blanks around it.
  ///
  /// @return where it ended, blanks after it passed, or -1
  int read(byte[] b, int start, int end) {
    size = 0;
    error = null;
    int depth = 0;
    int i = blanks(b, start, end);
    int kFrom = 0;
    int kTo = 0;
    int kHash = 0;
    byte kFlag = 0;
    boolean inObject = false;
    while (true) {
      // A value stands at i.
      if (i >= end) {
        return fail("a value", i);
      }
      if (size == MAX_VALUES) {
        return fail("at most " + MAX_VALUES + " values", i);
      }
      int n = size;
      if (n == kinds.length) {
        grow();
      }
      size++;
      keyFrom[n] = kFrom;
      keyTo[n] = kTo;
      keyHash[n] = kHash;
      byte c = b[i];
      if (c == '"') {
        int s = i + 1;
        int e = stringEnd(b, s, end);
        if (e < 0) {
          return -1;
        }
        kinds[n] = (byte) (STRING | kFlag | (escaped ? ESCAPED : 0));
        from[n] = s;
        to[n] = e;
        i = e + 1;
      } else if (c == '{' || c == '[') {
        if (depth == MAX_DEPTH) {
          return fail("at most " + MAX_DEPTH + " levels", i);
        }
        boolean object = c == '{';
        kinds[n] = (byte) ((object ? OBJECT : ARRAY) | kFlag);
        from[n] = i;
        i = blanks(b, i + 1, end);
        if (i < end && b[i] == (object ? '}' : ']')) {
          to[n] = size;
          i++;
        } else {
          open[depth++] = n;
          inObject = object;
          if (!object) {
            kFrom = 0;
            kTo = 0;
            kHash = 0;
            kFlag = 0;
            continue;
          }
          // The first key is read below, as after a comma.
          int k = key(b, i, end);
          if (k < 0) {
            return -1;
          }
          kFrom = i + 1;
          kTo = stringTo;
          kHash = hash;
          kFlag = escaped ? KEY_ESCAPED : 0;
          i = k;
          continue;
        }
      } else if (c == '-' || Bytes.isDigit(c)) {
        int e = numberEnd(b, i, end);
        if (e < 0) {
          return -1;
        }
        kinds[n] = (byte) ((real ? REAL : INTEGER) | kFlag);
        from[n] = i;
        to[n] = e;
        i = e;
      } else {
        int e = wordEnd(b, i, end);
        if (e < 0) {
          return fail("a value", i);
        }
        kinds[n] = (byte) ((c == 'n' ? NULL : TRUTH) | kFlag);
        from[n] = i;
        to[n] = e;
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
            int k = key(b, i, end);
            if (k < 0) {
              return -1;
            }
            kFrom = i + 1;
            kTo = stringTo;
            kHash = hash;
            kFlag = escaped ? KEY_ESCAPED : 0;
            i = k;
          } else {
            kFrom = 0;
            kTo = 0;
            kHash = 0;
            kFlag = 0;
          }
          break;
        }
        if (after != (inObject ? '}' : ']')) {
          return fail(inObject ? "',' or '}'" : "',' or ']'", i);
        }
        i++;
        to[open[--depth]] = size;
        inObject = depth > 0 && (kinds[open[depth - 1]] & 15) == OBJECT;
      }
    }
  }

  // Results of the scans below, beside the position they return.
  private boolean escaped;
  private boolean real;
  private int hash;
  private int stringTo;

  /// Reads `"key" :` and the blanks after it.
  private int key(byte[] b, int i, int end) {
    if (i >= end || b[i] != '"') {
      return fail("a key in quotes", i);
    }
    int h = 0;
    int p = i + 1;
    escaped = false;
    while (true) {
      if (p >= end) {
        return fail("the end of a key", p);
      }
      byte c = b[p];
      if (c == '"') {
        break;
      }
      if (c == '\\') {
        p = stringEnd(b, i + 1, end);
        if (p < 0) {
          return -1;
        }
        break;
      }
      h = 31 * h + c;
      p++;
    }
    hash = Bytes.spread(h);
    stringTo = p;
    p = p + 1 < end && b[p + 1] == ':' ? p + 1 : blanks(b, p + 1, end);
    if (p >= end || b[p] != ':') {
      return fail("':' after a key", p);
    }
    return blanks(b, p + 1, end);
  }

  /// @return where the closing quote stands, or -1; sets [#escaped]
  private int stringEnd(byte[] b, int start, int end) {
    escaped = false;
    int p = start;
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
      if (p + 1 >= end) {
        return fail("the end of an escape", p);
      }
      switch (b[p + 1]) {
        case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> p += 2;
        case 'u' -> {
          if (p + 6 > end || Bytes.hex(b, p + 2, p + 6) == Bytes.NOT_A_NUMBER || b[p + 3] == 'x') {
            return fail("four hexadecimal digits", p + 2);
          }
          p += 6;
        }
        default -> {
          return fail("an escape that JSON has", p);
        }
      }
    }
  }

  /// @return where the number ends, or -1; sets [#real]
  private int numberEnd(byte[] b, int start, int end) {
    int p = start;
    real = false;
    if (b[p] == '-') {
      p++;
    }
    int digits = p;
    while (p < end && Bytes.isDigit(b[p])) {
      p++;
    }
    if (p == digits) {
      return fail("a digit", p);
    }
    if (p < end && b[p] == '.') {
      real = true;
      digits = ++p;
      while (p < end && Bytes.isDigit(b[p])) {
        p++;
      }
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
      while (p < end && Bytes.isDigit(b[p])) {
        p++;
      }
      if (p == digits) {
        return fail("a digit", p);
      }
    }
    return p;
  }

  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final byte[] NULL_WORD = {'n', 'u', 'l', 'l'};

  private static int wordEnd(byte[] b, int i, int end) {
    byte[] word =
        switch (b[i]) {
          case 't' -> TRUE;
          case 'f' -> FALSE;
          default -> NULL_WORD;
        };
    return Bytes.startsWith(b, i, end, word) ? i + word.length : -1;
  }

  private static int blanks(byte[] b, int i, int end) {
    int p = i;
    while (p < end && (b[p] == ' ' || b[p] == '\n' || b[p] == '\r' || b[p] == '\t')) {
      p++;
    }
    return p;
  }

  private int fail(String expected, int at) {
    error = expected;
    errorAt = at;
    return -1;
  }

  private void grow() {
    int more = kinds.length * 2;
    kinds = Arrays.copyOf(kinds, more);
    keyFrom = Arrays.copyOf(keyFrom, more);
    keyTo = Arrays.copyOf(keyTo, more);
    keyHash = Arrays.copyOf(keyHash, more);
    from = Arrays.copyOf(from, more);
    to = Arrays.copyOf(to, more);
  }
}
