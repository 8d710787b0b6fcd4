package metron.parsers.scan;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import metron.event.IpAddress;
import org.jspecify.annotations.Nullable;

/// Values in a range `[from, to)` of a byte array. Nothing here throws for any bytes, and nothing allocates but the value.
public final class Bytes {
  /// What [#number] answers where the range is not an integer of 64 bits.
  public static final long NOT_A_NUMBER = Long.MIN_VALUE;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private Bytes() {}

  /// The range as UTF-8; a malformed sequence becomes U+FFFD.
  public static String text(byte[] b, int from, int to) {
    return new String(b, from, to - from, StandardCharsets.UTF_8);
  }

  /// ASCII letters in lower case, all else as it is.
  public static String lowerCase(byte[] b, int from, int to) {
    if (!hasUpperCase(b, from, to)) {
      return text(b, from, to);
    }
    byte[] lower = new byte[to - from];
    for (int j = from; j < to; j++) {
      byte c = b[j];
      lower[j - from] = c >= 'A' && c <= 'Z' ? (byte) (c + 32) : c;
    }
    return new String(lower, StandardCharsets.UTF_8);
  }

  /// Whether there is an ASCII letter in upper case.
  public static boolean hasUpperCase(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      if (b[i] >= 'A' && b[i] <= 'Z') {
        return true;
      }
    }
    return false;
  }

  /// @return where `c` is first found, or -1
  public static int indexOf(byte[] b, int from, int to, char c) {
    for (int i = from; i < to; i++) {
      if (b[i] == c) {
        return i;
      }
    }
    return -1;
  }

  /// @return where `word` is first found, or -1
  public static int indexOf(byte[] b, int from, int to, byte[] word) {
    byte first = word[0];
    int last = to - word.length;
    for (int i = from; i <= last; i++) {
      if (b[i] == first && startsWith(b, i, to, word)) {
        return i;
      }
    }
    return -1;
  }

  public static boolean startsWith(byte[] b, int from, int to, byte[] word) {
    if (to - from < word.length) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      if (b[from + i] != word[i]) {
        return false;
      }
    }
    return true;
  }

  public static boolean equals(byte[] b, int from, int to, byte[] word) {
    int n = word.length;
    if (to - from != n) {
      return false;
    }
    if (n < 8) {
      if (n < 4) {
        return startsWith(b, from, to, word);
      }
      // The two halves overlap where there are less than eight bytes.
      return (int) INTS.get(b, from) == (int) INTS.get(word, 0)
          && (int) INTS.get(b, to - 4) == (int) INTS.get(word, n - 4);
    }
    for (int i = 0; i < n - 8; i += 8) {
      if ((long) LONGS.get(b, from + i) != (long) LONGS.get(word, i)) {
        return false;
      }
    }
    return (long) LONGS.get(b, to - 8) == (long) LONGS.get(word, n - 8);
  }

  /// The hash that look-ups of names use: eight bytes a step, multiplied and folded so that low bits count.
  public static int hash(byte[] b, int from, int to) {
    long h = (long) to - from;
    int i = from;
    for (; to - i >= 8; i += 8) {
      h = (h ^ (long) LONGS.get(b, i)) * 0x9e37_79b9_7f4a_7c15L;
      h ^= h >>> 32;
    }
    h = (h ^ word(b, i, to)) * 0x9e37_79b9_7f4a_7c15L;
    return (int) (h >>> 32);
  }

  /// Up to seven bytes as a number, the first one lowest.
  private static long word(byte[] b, int from, int to) {
    if (from + 8 <= b.length) {
      return (long) LONGS.get(b, from) & ((1L << ((to - from) * 8)) - 1);
    }
    long w = 0;
    for (int i = to - 1; i >= from; i--) {
      w = w << 8 | (b[i] & 255);
    }
    return w;
  }

  public static int skipBlanks(byte[] b, int from, int to) {
    int i = from;
    while (i < to && (b[i] == ' ' || b[i] == '\t')) {
      i++;
    }
    return i;
  }

  /// The end of the range without the blanks, carriage returns and line feeds at its end.
  public static int trimEnd(byte[] b, int from, int to) {
    int i = to;
    while (i > from
        && (b[i - 1] == ' ' || b[i - 1] == '\t' || b[i - 1] == '\r' || b[i - 1] == '\n')) {
      i--;
    }
    return i;
  }

  public static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  /// A decimal integer with an optional sign, nothing around it.
  ///
  /// @return [#NOT_A_NUMBER] if it is not one
  public static long number(byte[] b, int from, int to) {
    int i = from;
    boolean negative = i < to && b[i] == '-';
    if (negative || (i < to && b[i] == '+')) {
      i++;
    }
    int digits = to - i;
    if (digits < 1 || digits > 19) {
      return NOT_A_NUMBER;
    }
    long v = 0;
    for (; i < to; i++) {
      int d = b[i] - '0';
      if (d < 0 || d > 9) {
        return NOT_A_NUMBER;
      }
      v = v * 10 + d;
    }
    if (v < 0) {
      return NOT_A_NUMBER;
    }
    return negative ? -v : v;
  }

  /// A hexadecimal number of up to 15 digits, with or without `0x`.
  ///
  /// @return [#NOT_A_NUMBER] if it is not one
  public static long hex(byte[] b, int from, int to) {
    int i = from;
    if (to - i > 2 && b[i] == '0' && (b[i + 1] | 32) == 'x') {
      i += 2;
    }
    if (i == to || to - i > 15) {
      return NOT_A_NUMBER;
    }
    long v = 0;
    for (; i < to; i++) {
      int d = hexDigit(b[i]);
      if (d < 0) {
        return NOT_A_NUMBER;
      }
      v = (v << 4) | d;
    }
    return v;
  }

  /// @return 0 to 15, or -1
  public static int hexDigit(byte c) {
    return c >= '0' && c <= '9'
        ? c - '0'
        : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
  }

  /// A decimal number with optional fraction and exponent.
  ///
  /// @return NaN if it is not one
  public static double real(byte[] b, int from, int to) {
    long whole = number(b, from, to);
    if (whole != NOT_A_NUMBER) {
      return whole;
    }
    if (to - from < 1 || to - from > 64) {
      return Double.NaN;
    }
    boolean digit = false;
    for (int i = from; i < to; i++) {
      byte c = b[i];
      if (c >= '0' && c <= '9') {
        digit = true;
      } else if (c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
        return Double.NaN;
      }
    }
    if (!digit) {
      return Double.NaN;
    }
    try {
      return Double.parseDouble(new String(b, from, to - from, StandardCharsets.ISO_8859_1));
    } catch (NumberFormatException _) {
      return Double.NaN;
    }
  }

  /// A decimal number times `10^scale`, exactly, further digits cut off: `12.5` at scale 9 is 12,500,000,000.
  ///
  /// @return [#NOT_A_NUMBER] if it is not a plain decimal number or does not fit
  public static long scaled(byte[] b, int from, int to, int scale) {
    int i = from;
    boolean negative = i < to && b[i] == '-';
    if (negative) {
      i++;
    }
    long v = 0;
    int digits = 0;
    while (i < to && isDigit(b[i])) {
      if (v > 922_337_203_685_477_579L) {
        return NOT_A_NUMBER;
      }
      v = v * 10 + (b[i] - '0');
      digits++;
      i++;
    }
    int fraction = 0;
    if (i < to && b[i] == '.') {
      i++;
      while (i < to && isDigit(b[i])) {
        if (fraction < scale) {
          if (v > 922_337_203_685_477_579L) {
            return NOT_A_NUMBER;
          }
          v = v * 10 + (b[i] - '0');
          fraction++;
        }
        digits++;
        i++;
      }
    }
    if (digits == 0) {
      return NOT_A_NUMBER;
    }
    if (i < to && (b[i] | 32) == 'e') {
      return scaledReal(b, from, to, scale);
    }
    if (i != to) {
      return NOT_A_NUMBER;
    }
    for (; fraction < scale; fraction++) {
      if (v > 922_337_203_685_477_580L) {
        return NOT_A_NUMBER;
      }
      v *= 10;
    }
    return negative ? -v : v;
  }

  private static long scaledReal(byte[] b, int from, int to, int scale) {
    double v = real(b, from, to) * Math.pow(10, scale);
    return Math.abs(v) < 9.2e18 ? (long) v : NOT_A_NUMBER;
  }

  /// An IPv4 or IPv6 address, nothing around it.
  ///
  /// @return null if it is not one: every line of every sensor comes through here
  public static @Nullable IpAddress ip(byte[] b, int from, int to) {
    int length = to - from;
    if (length < 2 || length > 45) {
      return null;
    }
    int value = 0;
    int part = 0;
    int digits = 0;
    int parts = 0;
    for (int i = from; i < to; i++) {
      byte c = b[i];
      if (c >= '0' && c <= '9') {
        if (digits > 0 && part == 0) {
          return v6(b, from, to);
        }
        part = part * 10 + (c - '0');
        if (++digits > 3 || part > 255) {
          return v6(b, from, to);
        }
      } else if (c == '.' && digits > 0 && parts < 3) {
        value = (value << 8) | part;
        parts++;
        part = 0;
        digits = 0;
      } else {
        return v6(b, from, to);
      }
    }
    return parts == 3 && digits > 0 ? IpAddress.v4((value << 8) | part) : v6(b, from, to);
  }

  private static @Nullable IpAddress v6(byte[] b, int from, int to) {
    if (indexOf(b, from, to, ':') < 0) {
      return null;
    }
    // A zone, as in fe80::1%eth0, names an interface of the machine that wrote the line.
    int zone = indexOf(b, from, to, '%');
    int end = zone < 0 ? to : zone;
    String text = new String(b, from, end - from, StandardCharsets.ISO_8859_1);
    return IpAddress.parseOrNull(text, 0, text.length());
  }

  /// A short escaped excerpt of foreign bytes for a message.
  public static String excerpt(byte[] b, int from, int to) {
    int end = Math.min(to, from + 60);
    StringBuilder out = new StringBuilder(end - from + 8);
    for (int i = from; i < end; i++) {
      byte c = b[i];
      if (c >= 0x20 && c < 0x7f) {
        out.append((char) c);
      } else {
        out.append("\\x")
            .append(Character.forDigit((c >> 4) & 15, 16))
            .append(Character.forDigit(c & 15, 16));
      }
    }
    return end < to ? out.append('…').toString() : out.toString();
  }
}
