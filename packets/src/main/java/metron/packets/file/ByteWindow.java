package metron.packets.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A stretch of a stream in one array, so that records are read where they lie. Grows only as far as bytes really arrive:
/// a length that lies costs nothing.
final class ByteWindow {
  private static final int INITIAL = 1 << 20;

  private final InputStream in;
  private byte[] buffer;
  private int start;
  private int end;
  private long consumed;
  private boolean ended;
  private @Nullable String failure;

  ByteWindow(InputStream in) {
    this.in = in;
    this.buffer = new byte[INITIAL];
  }

  /// All there is, in memory already.
  ByteWindow(byte[] bytes, int length) {
    this.in = InputStream.nullInputStream();
    this.buffer = bytes;
    this.end = length;
    this.ended = true;
  }

  /// Makes `n` bytes available at [#start]; false if the stream ends before.
  boolean require(int n) {
    return end - start >= n || fill(n);
  }

  private boolean fill(int n) {
    while (end - start < n) {
      if (ended) {
        return false;
      }
      if (start > 0) {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        start = 0;
      }
      if (end == buffer.length) {
        buffer = Arrays.copyOf(buffer, buffer.length * 2);
      }
      try {
        int read = in.read(buffer, end, buffer.length - end);
        if (read < 0) {
          ended = true;
        } else {
          end += read;
        }
      } catch (IOException | RuntimeException e) {
        // Unpackers throw both; what was unpacked before is still good.
        failure = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        ended = true;
      }
    }
    return true;
  }

  byte[] buffer() {
    return buffer;
  }

  int start() {
    return start;
  }

  /// Bytes that are at hand without reading.
  int available() {
    return end - start;
  }

  /// Offset in the stream of [#start].
  long position() {
    return consumed;
  }

  /// Why the stream ended early; null if it ended by itself (the hot path asks at each end).
  @Nullable String failure() {
    return failure;
  }

  /// Moves on by bytes that [#require] has made available.
  void advance(int n) {
    start += n;
    consumed += n;
  }

  /// Moves on by any number of bytes; false if the stream ends before.
  boolean skip(long n) {
    long left = n;
    while (left > 0) {
      if (end == start && !fill(1)) {
        return false;
      }
      int step = (int) Math.min(left, end - start);
      advance(step);
      left -= step;
    }
    return true;
  }

  int int32(int at, boolean bigEndian) {
    int v = (int) Bytes.INT_LE.get(buffer, start + at);
    return bigEndian ? Integer.reverseBytes(v) : v;
  }

  int int16(int at, boolean bigEndian) {
    int a = buffer[start + at] & 255;
    int b = buffer[start + at + 1] & 255;
    return bigEndian ? a << 8 | b : b << 8 | a;
  }
}
