package metron.event;

import java.util.Optional;

/// A network: an address and how many of its leading bits count (RFC 4632, RFC 4291 section 2.3). Host bits are cleared.
///
/// @param address the first address of the network
/// @param prefix counted bits over the 128-bit form: an IPv4 `/24` is 120 here; 0 to 128
public record Cidr(IpAddress address, int prefix) {
  public Cidr {
    if (prefix < 0 || prefix > 128) {
      throw new IllegalArgumentException("prefix length is " + prefix + ", expected 0 to 128");
    }
    address = new IpAddress(address.high() & highMask(prefix), address.low() & lowMask(prefix));
  }

  /// `a.b.c.d/n` with n 0 to 32, `x::y/n` with n 0 to 128, or a bare address (one host).
  ///
  /// @return empty if `text` is none of these
  public static Optional<Cidr> parse(String text) {
    int slash = text.indexOf('/');
    var address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
    if (address.isEmpty()) {
      return Optional.empty();
    }
    if (slash < 0) {
      return Optional.of(new Cidr(address.get(), 128));
    }
    int digits = text.length() - slash - 1;
    if (digits < 1 || digits > 3) {
      return Optional.empty();
    }
    int prefix = 0;
    for (int i = slash + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return Optional.empty();
      }
      prefix = prefix * 10 + (c - '0');
    }
    boolean v4 = text.indexOf(':') < 0;
    if (prefix > (v4 ? 32 : 128)) {
      return Optional.empty();
    }
    return Optional.of(new Cidr(address.get(), v4 ? prefix + 96 : prefix));
  }

  public boolean contains(IpAddress ip) {
    return (ip.high() & highMask(prefix)) == address.high()
        && (ip.low() & lowMask(prefix)) == address.low();
  }

  /// The last address of the network.
  public IpAddress last() {
    return new IpAddress(address.high() | ~highMask(prefix), address.low() | ~lowMask(prefix));
  }

  private static long highMask(int prefix) {
    return prefix == 0 ? 0 : prefix >= 64 ? -1L : -1L << (64 - prefix);
  }

  private static long lowMask(int prefix) {
    return prefix <= 64 ? 0 : -1L << (128 - prefix);
  }

  @Override
  public String toString() {
    boolean v4 = address.isV4() && prefix >= 96;
    return address + "/" + (v4 ? prefix - 96 : prefix);
  }
}
