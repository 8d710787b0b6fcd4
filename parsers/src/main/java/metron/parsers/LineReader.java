package metron.parsers;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Cuts a stream at line feeds; see [Framing#LINES].
final class LineReader implements RecordReader {
  private final InputStream in;
  private final Map<String, String> metadata;
  private byte[] buffer = new byte[1 << 16];
  private int from;
  private int to;
  private boolean ended;
  private long line;

  LineReader(InputStream in, Map<String, String> metadata) {
    this.in = in;
    this.metadata = Map.copyOf(metadata);
  }

  @Override
  public @Nullable RawRecord next() throws IOException {
    while (true) {
      int scanned = from;
      int end;
      while ((end = lineFeed(scanned)) < 0 && !ended) {
        if (to - from > Framing.MAX_RECORD + 1) {
          return oversize();
        }
        scanned = to - from;
        fill();
        scanned += from;
      }
      if (end < 0 && from == to) {
        return null;
      }
      int start = from;
      int stop = end < 0 ? to : end;
      from = end < 0 ? to : end + 1;
      line++;
      if (stop > start && buffer[stop - 1] == '\r') {
        stop--;
      }
      if (stop - start > Framing.MAX_RECORD) {
        return cut(Arrays.copyOfRange(buffer, start, start + Framing.MAX_RECORD), stop - start);
      }
      if (!blank(start, stop)) {
        return new RawRecord(Arrays.copyOfRange(buffer, start, stop), metadata, line);
      }
    }
  }

  /// The line's start is kept; the rest is read past and only counted.
  private RawRecord oversize() throws IOException {
    byte[] kept = Arrays.copyOfRange(buffer, from, from + Framing.MAX_RECORD);
    line++;
    long length = 0;
    while (true) {
      int end = lineFeed(from);
      length += (end < 0 ? to : end) - from;
      from = end < 0 ? to : end + 1;
      if (end >= 0 || ended) {
        return cut(kept, length);
      }
      fill();
    }
  }

  private RawRecord cut(byte[] kept, long length) {
    Map<String, String> marked = new HashMap<>(metadata);
    marked.put(Framing.OVERSIZE, Long.toString(length));
    return new RawRecord(kept, marked, line);
  }

  private void fill() throws IOException {
    if (from > 0) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      to -= from;
      from = 0;
    }
    if (to == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    int n = in.read(buffer, to, buffer.length - to);
    if (n < 0) {
      ended = true;
    } else {
      to += n;
    }
  }

  private int lineFeed(int start) {
    for (int i = start; i < to; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private boolean blank(int start, int stop) {
    for (int i = start; i < stop; i++) {
      byte c = buffer[i];
      if (c != ' ' && c != '\t' && c != '\r') {
        return false;
      }
    }
    return true;
  }
}
