package metron.pipeline.intake;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Cuts a request body into records while it arrives: lines, or the elements of a JSON array when `[` is its first
/// character. Memory is one record, whatever the body's length.
final class RecordReader {
  /// @param number line, or position in the array; from 1
  /// @param bytes the record without surrounding white space; cut where it is too long
  /// @param problem why it is no record; null: it is one
  record Item(long number, byte[] bytes, @Nullable String problem) {}

  private static final int BUFFER = 64 << 10;

  private final InputStream in;
  private final int maximum;
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int limit;
  private byte[] record = new byte[4096];
  private int size;
  private long length;
  private long number;
  private boolean started;
  private boolean array;
  private boolean ended;

  /// @param maximum most bytes of one record
  RecordReader(InputStream in, int maximum) {
    this.in = in;
    this.maximum = maximum;
  }

  /// True once the body has turned out to be a JSON array.
  boolean isArray() {
    return array;
  }

  /// @return the next record that is not blank, or null at the end
  @Nullable Item next() throws IOException {
    if (!started) {
      started = true;
      int b = skipBlank(false);
      if (b == '[') {
        array = true;
      } else if (b >= 0) {
        at--;
      }
    }
    return array ? element() : line();
  }

  private @Nullable Item line() throws IOException {
    while (!ended) {
      size = 0;
      length = 0;
      number++;
      int b = read();
      while (b >= 0 && b != '\n') {
        keep(b);
        b = read();
      }
      ended = b < 0;
      int end = size;
      while (end > 0 && (record[end - 1] == '\r' || record[end - 1] == ' ')) {
        end--;
      }
      if (end > 0) {
        return item(end);
      }
    }
    return null;
  }

  private @Nullable Item element() throws IOException {
    if (ended) {
      return null;
    }
    int b = skipBlank(true);
    if (b == ']' || b < 0) {
      ended = true;
      return b == ']' ? null : unfinished();
    }
    size = 0;
    length = 0;
    number++;
    int depth = 0;
    boolean text = false;
    boolean escaped = false;
    while (b >= 0) {
      if (text) {
        if (escaped) {
          escaped = false;
        } else if (b == '\\') {
          escaped = true;
        } else if (b == '"') {
          text = false;
        }
      } else if (b == '"') {
        text = true;
      } else if (b == '{' || b == '[') {
        depth++;
      } else if (b == '}' || b == ']') {
        if (depth == 0) {
          ended = true;
          return item(trimmed());
        }
        depth--;
      } else if (b == ',' && depth == 0) {
        return item(trimmed());
      }
      keep(b);
      b = read();
    }
    ended = true;
    return unfinished();
  }

  private Item unfinished() {
    return new Item(
        Math.max(1, number), Arrays.copyOf(record, size), "the JSON array does not end with ']'");
  }

  private int trimmed() {
    int end = size;
    while (end > 0 && blank(record[end - 1])) {
      end--;
    }
    return end;
  }

  private Item item(int end) {
    String problem =
        length > maximum ? "record has " + length + " bytes, expected at most " + maximum : null;
    return new Item(number, Arrays.copyOf(record, end), problem);
  }

  private void keep(int b) {
    length++;
    if (size == record.length && size < maximum) {
      record = Arrays.copyOf(record, Math.min(maximum, size * 2));
    }
    if (size < record.length && size < maximum) {
      record[size++] = (byte) b;
    }
  }

  /// Passes over white space, and over commas between elements.
  private int skipBlank(boolean commas) throws IOException {
    int b = read();
    while (b >= 0 && (blank(b) || (commas && b == ','))) {
      if (b == '\n' && !commas) {
        number++;
      }
      b = read();
    }
    return b;
  }

  private static boolean blank(int b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private int read() throws IOException {
    if (at == limit) {
      limit = Math.max(0, in.read(buffer));
      at = 0;
      if (limit == 0) {
        return -1;
      }
    }
    return buffer[at++] & 0xff;
  }
}
