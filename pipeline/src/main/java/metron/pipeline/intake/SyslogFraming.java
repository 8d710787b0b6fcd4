package metron.pipeline.intake;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Cuts a stream into syslog messages as RFC 6587 says, each message by itself in one of two ways:
///
/// - octet counting (section 3.4.1): `MSG-LEN SP SYSLOG-MSG`, known by a decimal number, a space and `<`;
/// - non-transparent framing (section 3.4.2): up to LF; NUL is taken too, and a CR before LF is cut off.
///
/// A message above the maximum is cut to it and the rest passed over, as RFC 5424 section 6.1 allows; the frame says so.
final class SyslogFraming {
  /// @param length bytes that the message had on the wire; more than `bytes.length` if it was cut
  record Frame(byte[] bytes, long length) {
    boolean cut() {
      return length > bytes.length;
    }
  }

  // A count of more digits is an attack or not syslog at all.
  private static final int MOST_DIGITS = 9;
  private static final int BUFFER = 16 << 10;

  private final InputStream in;
  private final int maximum;
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int limit;
  private byte[] message = new byte[1024];
  private int size;

  SyslogFraming(InputStream in, int maximum) {
    this.in = in;
    this.maximum = maximum;
  }

  /// @return the next message that is not empty, or null at the end of the stream
  /// @throws ProtocolException if a count makes no sense
  /// @throws EOFException if the stream ends within a counted message
  @Nullable Frame next() throws IOException {
    while (true) {
      size = 0;
      int first = read();
      if (first < 0) {
        return null;
      }
      Frame frame = first >= '1' && first <= '9' ? countedOrLine(first) : line(first, 0);
      if (frame.bytes.length > 0) {
        return frame;
      }
    }
  }

  private Frame countedOrLine(int first) throws IOException {
    long count = (long) first - '0';
    keep(first);
    int digits = 1;
    int b = read();
    while (b >= '0' && b <= '9' && digits <= MOST_DIGITS) {
      count = count * 10 + (b - '0');
      digits++;
      keep(b);
      b = read();
    }
    if (b != ' ') {
      return b < 0 ? end(size) : line(b, size);
    }
    int start = read();
    if (start != '<') {
      keep(' ');
      return start < 0 ? end(size) : line(start, size);
    }
    if (digits > MOST_DIGITS) {
      throw new ProtocolException(
          "message length of more than "
              + MOST_DIGITS
              + " digits, expected octet counting of RFC 6587");
    }
    size = 0;
    keep('<');
    for (long n = 1; n < count; n++) {
      b = read();
      if (b < 0) {
        throw new EOFException(
            "connection ended after " + n + " of " + count + " bytes of a counted message");
      }
      keep(b);
    }
    // Some senders count and end with LF all the same; next() passes over the empty line.
    return end(count);
  }

  private Frame line(int first, long before) throws IOException {
    long length = before;
    for (int b = first; b >= 0 && b != '\n' && b != 0; b = read()) {
      keep(b);
      length++;
    }
    return end(length);
  }

  private Frame end(long length) {
    int end = size;
    while (end > 0 && (message[end - 1] == '\r' || message[end - 1] == '\n')) {
      end--;
      length--;
    }
    return new Frame(Arrays.copyOf(message, end), length);
  }

  private void keep(int b) {
    if (size == message.length) {
      if (size >= maximum) {
        return;
      }
      message = Arrays.copyOf(message, Math.min(maximum, size * 2));
    }
    if (size < maximum) {
      message[size++] = (byte) b;
    }
  }

  private int read() throws IOException {
    if (at == limit) {
      limit = in.read(buffer);
      at = 0;
      if (limit <= 0) {
        limit = 0;
        return -1;
      }
    }
    return buffer[at++] & 0xff;
  }
}
