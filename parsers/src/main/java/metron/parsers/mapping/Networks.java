package metron.parsers.mapping;

import metron.event.Cidr;
import metron.event.IpAddress;

/// Which addresses lie inside: private (RFC 1918), unique local (RFC 4193), link local and loopback ones. Who uses others
/// inside says so in the enrichment of assets; a parser sees only the line.
final class Networks {
  private static final Cidr[] INSIDE = {
    cidr("10.0.0.0/8"),
    cidr("172.16.0.0/12"),
    cidr("192.168.0.0/16"),
    cidr("127.0.0.0/8"),
    cidr("169.254.0.0/16"),
    cidr("fc00::/7"),
    cidr("fe80::/10"),
    cidr("::1/128")
  };

  private Networks() {}

  private static Cidr cidr(String text) {
    return Cidr.parse(text).orElseThrow();
  }

  static boolean isInside(IpAddress ip) {
    for (Cidr cidr : INSIDE) {
      if (cidr.contains(ip)) {
        return true;
      }
    }
    return false;
  }
}
