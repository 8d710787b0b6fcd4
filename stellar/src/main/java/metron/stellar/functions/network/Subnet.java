package metron.stellar.functions.network;

import metron.stellar.function.FunctionFailure;
import org.jspecify.annotations.Nullable;

/// Addresses as numbers, for membership in a CIDR block. An IPv4 address is itself as an IPv6
/// address of `::ffff:0:0/96`, so that one comparison serves both families.
///
/// @param high the upper 64 bits of the network
/// @param low the lower 64 bits
/// @param prefix 0 to 128, counted in IPv6 bits
record Subnet(long high, long low, int prefix) {
  private static final long MAPPED = 0xffffL << 32;

  /// `10.0.0.0/8` or `2001:db8::/32`; bits beyond the prefix are ignored.
  ///
  /// @throws FunctionFailure blaming the argument, when it is no CIDR
  static Subnet parse(int argument, String cidr) {
    int slash = cidr.indexOf('/');
    if (slash < 0) {
      throw FunctionFailure.type(argument, cidr, "a CIDR such as '10.0.0.0/8'");
    }
    long[] address = new long[2];
    String host = cidr.substring(0, slash);
    if (!read(host, address)) {
      throw FunctionFailure.argument(
          argument, "has '" + shown(host) + "' before the slash, expected an IPv4 or IPv6 address");
    }
    boolean four = host.indexOf(':') < 0;
    int longest = four ? 32 : 128;
    int prefix = 0;
    int digits = cidr.length() - slash - 1;
    boolean number = digits > 0 && digits <= 3;
    for (int i = slash + 1; number && i < cidr.length(); i++) {
      char c = cidr.charAt(i);
      number = c >= '0' && c <= '9';
      prefix = prefix * 10 + (c - '0');
    }
    if (!number || prefix > longest) {
      throw FunctionFailure.argument(
          argument,
          "prefix length is " + shown(cidr.substring(slash + 1)) + ", expected 0 to " + longest);
    }
    int bits = four ? prefix + 96 : prefix;
    return new Subnet(
        address[0] & mask(Math.min(bits, 64)), address[1] & mask(Math.max(bits - 64, 0)), bits);
  }

  private static String shown(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }

  private static long mask(int bits) {
    return bits == 0 ? 0 : -1L << (64 - bits);
  }

  /// Whether a text is an address in this block; a text that is no address is in none.
  boolean contains(String ip) {
    long four = four(ip);
    if (four >= 0) {
      return contains(0, MAPPED | four);
    }
    long[] address = new long[2];
    return read(ip, address) && contains(address[0], address[1]);
  }

  private boolean contains(long upper, long lower) {
    return (upper & mask(Math.min(prefix, 64))) == high
        && (lower & mask(Math.max(prefix - 64, 0))) == low;
  }

  /// Whether a text is an IPv4 or IPv6 address, as numbers in the array when it is.
  static boolean read(String text, long[] address) {
    long four = four(text);
    if (four >= 0) {
      address[0] = 0;
      address[1] = MAPPED | four;
      return true;
    }
    return six(text, address);
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
  private static boolean six(String text, long[] address) {
    int length = text.length();
    if (length < 2 || length > 45) {
      return false;
    }
    int[] groups = new int[8];
    int count = 0;
    int gap = -1;
    int i = 0;
    if (text.startsWith("::")) {
      gap = 0;
      i = 2;
    } else if (text.charAt(0) == ':') {
      return false;
    }
    while (i < length) {
      int end = text.indexOf(':', i);
      end = end < 0 ? length : end;
      if (text.indexOf('.', i) >= 0 && end == length) {
        long four = four(text.substring(i));
        if (four < 0 || count > 6) {
          return false;
        }
        groups[count++] = (int) (four >>> 16);
        groups[count++] = (int) (four & 0xffff);
        i = length;
        break;
      }
      if (end == i || end - i > 4 || count == 8) {
        return false;
      }
      int group = 0;
      for (int k = i; k < end; k++) {
        char c = text.charAt(k);
        int digit = c < 128 ? Character.digit(c, 16) : -1;
        if (digit < 0) {
          return false;
        }
        group = group << 4 | digit;
      }
      groups[count++] = group;
      i = end;
      if (i < length) {
        i++;
        if (i == length) {
          return false;
        }
        if (text.charAt(i) == ':') {
          if (gap >= 0) {
            return false;
          }
          gap = count;
          i++;
        }
      }
    }
    if (gap < 0 ? count != 8 : count > 7) {
      return false;
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
    address[0] = high;
    address[1] = low;
    return true;
  }

  /// The value of an argument that is a CIDR or null.
  static @Nullable Subnet argument(int argument, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    if (!(value instanceof String cidr)) {
      throw FunctionFailure.type(argument, value, "a CIDR such as '10.0.0.0/8'");
    }
    return parse(argument, cidr);
  }
}
