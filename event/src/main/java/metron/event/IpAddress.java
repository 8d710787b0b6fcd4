package metron.event;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An IPv4 or IPv6 address as 16 bytes in two longs, network byte order. An IPv4 address is kept IPv4-mapped
/// (`::ffff:a.b.c.d`, RFC 4291 section 2.5.5.2), so a mapped address and its IPv4 form are one value.
///
/// Parsing never asks DNS. Text form is dotted decimal for IPv4 and RFC 5952 for IPv6.
///
/// @param high bytes 0 to 7
/// @param low bytes 8 to 15
public record IpAddress(long high, long low) implements Comparable<IpAddress> {
  private static final long MAPPED = 0x0000_ffff_0000_0000L;

  /// @param bits the four bytes, first byte highest
  public static IpAddress v4(int bits) {
    return new IpAddress(0, MAPPED | (bits & 0xffff_ffffL));
  }

  /// @param bytes 4 or 16 bytes, network byte order
  /// @throws IllegalArgumentException for any other length
  public static IpAddress of(byte[] bytes) {
    return switch (bytes.length) {
      case 4 -> v4(intAt(bytes, 0));
      case 16 -> new IpAddress(longAt(bytes, 0), longAt(bytes, 8));
      default ->
          throw new IllegalArgumentException(
              "an IP address has 4 or 16 bytes, found " + bytes.length);
    };
  }

  /// @return empty if `text` is not an address; no surrounding blanks, brackets or zone index are taken
  public static Optional<IpAddress> parse(CharSequence text) {
    return Optional.ofNullable(parseOrNull(text, 0, text.length()));
  }

  /// As [#parse], for a part of a text.
  ///
  /// @return null (not `Optional`, since every line of every sensor comes through here) if it is not an address
  public static @Nullable IpAddress parseOrNull(CharSequence text, int from, int to) {
    int length = to - from;
    if (length < 2 || length > 45) {
      return null;
    }
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c == ':') {
        return parseV6(text, from, to);
      }
      if (c == '.') {
        break;
      }
    }
    long v4 = parseV4(text, from, to);
    return v4 < 0 ? null : v4((int) v4);
  }

  /// Four decimal parts of one to three digits, each 0 to 255; leading zeros are refused (they are octal to some readers).
  private static long parseV4(CharSequence text, int from, int to) {
    long value = 0;
    int part = 0;
    int digits = 0;
    int parts = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        if (digits > 0 && part == 0) {
          return -1;
        }
        part = part * 10 + (c - '0');
        digits++;
        if (part > 255 || digits > 3) {
          return -1;
        }
      } else if (c == '.' && digits > 0 && parts < 3) {
        value = (value << 8) | part;
        parts++;
        part = 0;
        digits = 0;
      } else {
        return -1;
      }
    }
    return parts == 3 && digits > 0 ? (value << 8) | part : -1;
  }

  /// Groups before a `::` gather in one register, groups after it in another; at the end the first is moved to the left.
  private static @Nullable IpAddress parseV6(CharSequence text, int from, int to) {
    long high = 0;
    long low = 0;
    long headHigh = 0;
    long headLow = 0;
    int headGroups = -1;
    int groups = 0;
    int i = from;
    while (i < to) {
      if (text.charAt(i) == ':') {
        if (i + 1 < to && text.charAt(i + 1) == ':') {
          if (headGroups >= 0) {
            return null;
          }
          headHigh = high;
          headLow = low;
          headGroups = groups;
          high = 0;
          low = 0;
          groups = 0;
          i += 2;
          continue;
        }
        if (groups == 0 || i + 1 == to) {
          return null;
        }
        i++;
      } else if (groups > 0) {
        return null;
      }
      int start = i;
      int group = 0;
      int digit;
      while (i < to && i - start < 4 && (digit = hex(text.charAt(i))) >= 0) {
        group = (group << 4) | digit;
        i++;
      }
      if (i < to && text.charAt(i) == '.') {
        long v4 = parseV4(text, start, to);
        if (v4 < 0) {
          return null;
        }
        high = (high << 32) | (low >>> 32);
        low = (low << 32) | v4;
        groups += 2;
        break;
      }
      if (i == start || (i < to && text.charAt(i) != ':') || ++groups > 8) {
        return null;
      }
      high = (high << 16) | (low >>> 48);
      low = (low << 16) | group;
    }
    if (headGroups < 0) {
      return groups == 8 ? new IpAddress(high, low) : null;
    }
    if (headGroups + groups > 7) {
      return null;
    }
    int shift = (8 - headGroups) * 16;
    if (shift < 64) {
      headHigh = (headHigh << shift) | (headLow >>> (64 - shift));
      headLow <<= shift;
    } else if (shift < 128) {
      headHigh = headLow << (shift - 64);
      headLow = 0;
    }
    return new IpAddress(headHigh | high, headLow | low);
  }

  private static int hex(char c) {
    return c >= '0' && c <= '9'
        ? c - '0'
        : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
  }

  public boolean isV4() {
    return high == 0 && (low & 0xffff_ffff_0000_0000L) == MAPPED;
  }

  /// The IPv4 bits, first byte highest; meaningful only where [#isV4].
  public int v4Bits() {
    return (int) low;
  }

  /// 4 bytes for IPv4, 16 for IPv6, network byte order.
  public byte[] bytes() {
    if (isV4()) {
      int v = v4Bits();
      return new byte[] {(byte) (v >> 24), (byte) (v >> 16), (byte) (v >> 8), (byte) v};
    }
    return bytes16();
  }

  /// Always 16 bytes, IPv4 mapped; the form that the index sorts.
  public byte[] bytes16() {
    byte[] out = new byte[16];
    for (int i = 0; i < 8; i++) {
      out[i] = (byte) (high >> (56 - 8 * i));
      out[8 + i] = (byte) (low >> (56 - 8 * i));
    }
    return out;
  }

  /// Unsigned, byte by byte: IPv4 sorts inside `::ffff:0:0/96`.
  @Override
  public int compareTo(IpAddress other) {
    int c = Long.compareUnsigned(high, other.high);
    return c != 0 ? c : Long.compareUnsigned(low, other.low);
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(39);
    if (isV4()) {
      int v = v4Bits();
      return out.append(v >>> 24)
          .append('.')
          .append((v >> 16) & 255)
          .append('.')
          .append((v >> 8) & 255)
          .append('.')
          .append(v & 255)
          .toString();
    }
    int bestStart = -1;
    int bestLength = 1;
    for (int i = 0; i < 8; i++) {
      int j = i;
      while (j < 8 && group(j) == 0) {
        j++;
      }
      if (j - i > bestLength) {
        bestStart = i;
        bestLength = j - i;
      }
      i = Math.max(i, j - 1);
    }
    for (int i = 0; i < 8; i++) {
      if (i == bestStart) {
        out.append("::");
        i += bestLength - 1;
      } else {
        if (!out.isEmpty() && out.charAt(out.length() - 1) != ':') {
          out.append(':');
        }
        out.append(Integer.toHexString(group(i)));
      }
    }
    return out.toString();
  }

  private int group(int i) {
    return (int) ((i < 4 ? high >>> (48 - 16 * i) : low >>> (48 - 16 * (i - 4))) & 0xffff);
  }

  private static int intAt(byte[] b, int i) {
    return (b[i] & 255) << 24 | (b[i + 1] & 255) << 16 | (b[i + 2] & 255) << 8 | (b[i + 3] & 255);
  }

  private static long longAt(byte[] b, int i) {
    return ((long) intAt(b, i) << 32) | (intAt(b, i + 4) & 0xffff_ffffL);
  }
}
