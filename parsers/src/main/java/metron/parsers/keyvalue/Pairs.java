package metron.parsers.keyvalue;

import java.util.Arrays;
import metron.parsers.scan.Bytes;

/// A range cut into keys and values. Used again for each line; never more than [#MOST] pairs.
public final class Pairs {
  /// What stands behind so many pairs is left in `event.original`.
  public static final int MOST = 1_000;

  /// How pairs are written.
  ///
  /// @param separator between pairs; a blank stands for any number of blanks and tabs
  /// @param assign between key and value
  /// @param quotes characters that may stand around a value, each ended by itself
  /// @param backslash whether `\"` and `\\` in quotes are escapes
  /// @param doubled whether a quote written twice in quotes is one
  /// @param open whether a value without quotes goes on over separators up to the next key
  public record Dialect(
      char separator,
      char assign,
      String quotes,
      boolean backslash,
      boolean doubled,
      boolean open) {
    public static final Dialect PLAIN = new Dialect(' ', '=', "\"", true, false, false);
  }

  private final Dialect dialect;
  private final boolean[] quote = new boolean[128];
  private int[] at = new int[4 * 64];
  private boolean[] escaped = new boolean[64];
  private int size;
  private byte[] plain = new byte[256];

  public Pairs(Dialect dialect) {
    this.dialect = dialect;
    for (int i = 0; i < dialect.quotes().length(); i++) {
      quote[dialect.quotes().charAt(i) & 127] = true;
    }
  }

  public int size() {
    return size;
  }

  public int keyFrom(int pair) {
    return at[4 * pair];
  }

  public int keyTo(int pair) {
    return at[4 * pair + 1];
  }

  public int from(int pair) {
    return at[4 * pair + 2];
  }

  public int to(int pair) {
    return at[4 * pair + 3];
  }

  /// Whether the value has escapes and so is to be read with [#decode].
  public boolean escaped(int pair) {
    return escaped[pair];
  }

  /// The value without its escapes, in [#decoded] from 0.
  ///
  /// @return its length
  public int decode(byte[] b, int pair) {
    int from = from(pair);
    int to = to(pair);
    if (plain.length < to - from) {
      plain = new byte[to - from];
    }
    byte ends = from > 0 ? b[from - 1] : 0;
    int n = 0;
    for (int i = from; i < to; i++) {
      byte c = b[i];
      if (dialect.backslash() && c == '\\' && i + 1 < to) {
        byte next = b[i + 1];
        if (next == ends || next == '\\' || next == '"' || next == '/') {
          c = next;
          i++;
        } else if (next == 'n' || next == 'r' || next == 't') {
          c = (byte) (next == 't' ? '\t' : '\n');
          i++;
        }
      } else if (dialect.doubled() && c == ends && i + 1 < to && b[i + 1] == ends) {
        i++;
      }
      plain[n++] = c;
    }
    return n;
  }

  public byte[] decoded() {
    return plain;
  }

  /// Cuts the range. Words that are no pair are passed over.
  ///
  /// @return how many pairs there are
  public int read(byte[] b, int start, int end) {
    size = 0;
    byte separator = (byte) dialect.separator();
    byte assign = (byte) dialect.assign();
    int i = start;
    while (i < end && size < MOST) {
      while (i < end && (blank(b[i]) || b[i] == separator)) {
        i++;
      }
      int key = i;
      while (i < end && b[i] != assign && b[i] != separator && !(separator == ' ' && blank(b[i]))) {
        i++;
      }
      if (i >= end || b[i] != assign || i == key) {
        // A word without a value; `a = b` with blanks around the sign is a pair too.
        int next = separator == ' ' ? Bytes.skipBlanks(b, i, end) : i;
        if (next >= end || b[next] != assign || next == key || key == i) {
          i = Math.max(i, key + 1);
          continue;
        }
        int keyEnd = i;
        i = value(b, key, keyEnd, Bytes.skipBlanks(b, next + 1, end), end);
        continue;
      }
      int keyEnd = i;
      while (keyEnd > key && blank(b[keyEnd - 1])) {
        keyEnd--;
      }
      int from = separator == ' ' && assign == '=' ? i + 1 : Bytes.skipBlanks(b, i + 1, end);
      if (separator == ' ' && assign != '=' && isKey(b, from, end, assign)) {
        // `a: b: c` says nothing of a.
        end(key, keyEnd, i + 1);
        i++;
        continue;
      }
      i = value(b, key, keyEnd, from, end);
    }
    return size;
  }

  /// Whether a word that ends with the sign of a key stands there.
  private static boolean isKey(byte[] b, int from, int end, byte assign) {
    int i = from;
    while (i < end && keyByte(b[i])) {
      i++;
    }
    return i > from && i < end && b[i] == assign && (i + 1 == end || blank(b[i + 1]));
  }

  /// A pair without a value.
  private void end(int key, int keyEnd, int at) {
    room();
    this.at[4 * size] = key;
    this.at[4 * size + 1] = keyEnd;
    this.at[4 * size + 2] = at;
    this.at[4 * size + 3] = at;
    escaped[size++] = false;
  }

  private void room() {
    if (size == escaped.length) {
      at = Arrays.copyOf(at, at.length * 2);
      escaped = Arrays.copyOf(escaped, size * 2);
    }
  }

  private int value(byte[] b, int key, int keyEnd, int from, int end) {
    room();
    int k = 4 * size;
    at[k] = key;
    at[k + 1] = keyEnd;
    escaped[size] = false;
    if (from < end && b[from] > 0 && quote[b[from]]) {
      int close = close(b, from, end);
      if (close >= 0) {
        at[k + 2] = from + 1;
        at[k + 3] = close;
        size++;
        return close + 1;
      }
    }
    int i = from;
    byte separator = (byte) dialect.separator();
    if (dialect.open()) {
      i = nextKey(b, from, end);
    } else {
      while (i < end && b[i] != separator && !(separator == ' ' && blank(b[i]))) {
        i++;
      }
    }
    at[k + 2] = from;
    at[k + 3] = Bytes.trimEnd(b, from, i);
    size++;
    return i;
  }

  /// @return where the quote at `from` is closed, or -1; notes whether there are escapes between
  private int close(byte[] b, int from, int end) {
    byte ends = b[from];
    for (int i = from + 1; i < end; i++) {
      if (dialect.backslash() && b[i] == '\\') {
        escaped[size] = true;
        i++;
      } else if (b[i] == ends) {
        if (dialect.doubled() && i + 1 < end && b[i + 1] == ends) {
          escaped[size] = true;
          i++;
        } else {
          return i;
        }
      }
    }
    escaped[size] = false;
    return -1;
  }

  /// Where the separator before the next `key=` stands, or the end.
  private int nextKey(byte[] b, int from, int end) {
    byte separator = (byte) dialect.separator();
    byte assign = (byte) dialect.assign();
    int last = -1;
    for (int i = from; i < end; i++) {
      byte c = b[i];
      if (c == separator) {
        last = i;
      } else if (c == assign && last >= 0 && i > last + 1) {
        return last;
      } else if (last >= 0 && !keyByte(c)) {
        last = -1;
      }
    }
    return end;
  }

  private static boolean keyByte(byte c) {
    return Bytes.isDigit(c)
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '_'
        || c == '.'
        || c == '-';
  }

  private static boolean blank(byte c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }
}
