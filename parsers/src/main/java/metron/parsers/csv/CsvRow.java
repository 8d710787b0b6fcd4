package metron.parsers.csv;

import java.util.Arrays;

/// A line split at its separators (RFC 4180): a value in quotes may hold separators, and a quote written twice. Blanks around
/// a value that is not in quotes are dropped. Used again for each line.
public final class CsvRow {
  /// More columns than this are no table.
  public static final int MAX_COLUMNS = 2_000;

  private final byte separator;
  private final byte quote;
  private int[] from = new int[64];
  private int[] to = new int[64];
  // Where a value had doubled quotes: it stands in the scratch buffer.
  private boolean[] scratched = new boolean[64];
  private byte[] scratch = new byte[256];
  private byte[] line = new byte[0];
  private int size;
  private int used;

  public CsvRow(char separator, char quote) {
    this.separator = (byte) separator;
    this.quote = (byte) quote;
  }

  /// @return how many columns there are; -1 if a quote is not closed or there are more than [#MAX_COLUMNS]
  public int read(byte[] b, int start, int end) {
    line = b;
    size = 0;
    used = 0;
    int i = start;
    while (true) {
      if (size == MAX_COLUMNS) {
        return -1;
      }
      if (size == from.length) {
        from = Arrays.copyOf(from, size * 2);
        to = Arrays.copyOf(to, size * 2);
        scratched = Arrays.copyOf(scratched, size * 2);
      }
      while (i < end && b[i] == ' ') {
        i++;
      }
      if (i < end && b[i] == quote) {
        i = quoted(b, i + 1, end);
        if (i < 0) {
          return -1;
        }
        while (i < end && b[i] != separator) {
          i++;
        }
      } else {
        int s = i;
        while (i < end && b[i] != separator) {
          i++;
        }
        int e = i;
        while (e > s && b[e - 1] == ' ') {
          e--;
        }
        from[size] = s;
        to[size] = e;
        scratched[size] = false;
      }
      size++;
      if (i >= end) {
        return size;
      }
      i++;
    }
  }

  private int quoted(byte[] b, int start, int end) {
    int i = start;
    boolean doubled = false;
    while (i < end) {
      if (b[i] == quote) {
        if (i + 1 < end && b[i + 1] == quote) {
          doubled = true;
          i++;
        } else {
          break;
        }
      }
      i++;
    }
    if (i >= end) {
      return -1;
    }
    from[size] = start;
    to[size] = i;
    scratched[size] = doubled;
    if (doubled) {
      if (scratch.length < used + i - start) {
        scratch = Arrays.copyOf(scratch, Math.max(scratch.length * 2, used + i - start));
      }
      from[size] = used;
      for (int k = start; k < i; k++) {
        scratch[used++] = b[k];
        if (b[k] == quote) {
          k++;
        }
      }
      to[size] = used;
    }
    return i + 1;
  }

  public byte[] bytes(int column) {
    return scratched[column] ? scratch : line;
  }

  public int from(int column) {
    return from[column];
  }

  public int to(int column) {
    return to[column];
  }
}
