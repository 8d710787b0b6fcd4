package metron.stellar.functions.network;

import metron.stellar.function.FunctionFailure;
import metron.stellar.value.Address;
import org.jspecify.annotations.Nullable;

/// A CIDR block, for membership of addresses. An IPv4 block is itself as a block of IPv6, as in
/// [Address], so that one comparison serves both families.
///
/// @param high the upper 64 bits of the network
/// @param low the lower 64 bits
/// @param prefix 0 to 128, counted in IPv6 bits
record Subnet(long high, long low, int prefix) {
  /// `10.0.0.0/8` or `2001:db8::/32`; bits beyond the prefix are ignored.
  ///
  /// @throws FunctionFailure blaming the argument, when it is no CIDR
  static Subnet parse(int argument, String cidr) {
    int slash = cidr.indexOf('/');
    if (slash < 0) {
      throw FunctionFailure.type(argument, cidr, "a CIDR such as '10.0.0.0/8'");
    }
    String host = cidr.substring(0, slash);
    Address address = Address.parse(host);
    if (address == null) {
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
        address.high() & mask(Math.min(bits, 64)),
        address.low() & mask(Math.max(bits - 64, 0)),
        bits);
  }

  private static String shown(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }

  private static long mask(int bits) {
    return bits == 0 ? 0 : -1L << (64 - bits);
  }

  /// Whether a text is an address in this block; a text that is no address is in none.
  boolean contains(String ip) {
    Address address = Address.parse(ip);
    return address != null && contains(address.high(), address.low());
  }

  /// Whether an address, in two halves, is in this block.
  boolean contains(long upper, long lower) {
    return (upper & mask(Math.min(prefix, 64))) == high
        && (lower & mask(Math.max(prefix - 64, 0))) == low;
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
