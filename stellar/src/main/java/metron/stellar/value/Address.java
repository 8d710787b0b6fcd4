package metron.stellar.value;

import org.jspecify.annotations.Nullable;

/// An address as a number of 128 bits. An IPv4 address is itself as an IPv6 address of
/// `::ffff:0:0/96`, so that one comparison serves both families.
///
/// @param high the upper 64 bits
/// @param low the lower 64 bits
public record Address(long high, long low) {
  private static final long MAPPED = 0xffffL << 32;

  /// @return null when the text is no IPv4 or IPv6 address
  public static @Nullable Address parse(String text) {
    long four = four(text);
    return four >= 0 ? new Address(0, MAPPED | four) : six(text);
  }

  /// A dotted quad as 32 bits, or -1.
  private static long four(String text) {
    int length = text.length();
    if (length < 7 || length > 15) {
      return -1;
    }
    long value = 0;
    int part = -1;
    int parts = 0;
    for (int i = 0; i <= length; i++) {
      char c = i == length ? '.' : text.charAt(i);
      if (c == '.') {
        if (part < 0 || part > 255 || ++parts > 4) {
          return -1;
        }
        value = value << 8 | part;
        part = -1;
      } else if (c >= '0' && c <= '9') {
        part = (part < 0 ? 0 : part) * 10 + (c - '0');
        if (part > 255) {
          return -1;
        }
      } else {
        return -1;
      }
    }
    return parts == 4 ? value : -1;
  }

  /// RFC 4291 section 2.2, with a dotted quad at the end allowed; a zone after `%` is not.
  private static @Nullable Address six(String text) {
    int length = text.length();
    if (length < 2 || length > 45) {
      return null;
    }
    int[] groups = new int[8];
    int count = 0;
    int gap = -1;
    int i = 0;
    if (text.startsWith("::")) {
      gap = 0;
      i = 2;
    } else if (text.charAt(0) == ':') {
      return null;
    }
    while (i < length) {
      int end = text.indexOf(':', i);
      end = end < 0 ? length : end;
      if (text.indexOf('.', i) >= 0 && end == length) {
        long four = four(text.substring(i));
        if (four < 0 || count > 6) {
          return null;
        }
        groups[count++] = (int) (four >>> 16);
        groups[count++] = (int) (four & 0xffff);
        i = length;
        break;
      }
      if (end == i || end - i > 4 || count == 8) {
        return null;
      }
      int group = 0;
      for (int k = i; k < end; k++) {
        char c = text.charAt(k);
        int digit = c < 128 ? Character.digit(c, 16) : -1;
        if (digit < 0) {
          return null;
        }
        group = group << 4 | digit;
      }
      groups[count++] = group;
      i = end;
      if (i < length) {
        i++;
        if (i == length) {
          return null;
        }
        if (text.charAt(i) == ':') {
          if (gap >= 0) {
            return null;
          }
          gap = count;
          i++;
        }
      }
    }
    if (gap < 0 ? count != 8 : count > 7) {
      return null;
    }
    long high = 0;
    long low = 0;
    int zeros = 8 - count;
    for (int g = 0; g < 8; g++) {
      int value = gap < 0 || g < gap ? groups[g] : g < gap + zeros ? 0 : groups[g - zeros];
      if (g < 4) {
        high = high << 16 | value;
      } else {
        low = low << 16 | value;
      }
    }
    return new Address(high, low);
  }
}
