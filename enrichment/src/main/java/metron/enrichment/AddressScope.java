package metron.enrichment;

import metron.event.IpAddress;

/// Where an address is meant to be used, by its registered block alone (IANA special-purpose registries, RFC 6890).
public enum AddressScope {
  /// Routed on the Internet. The documentation blocks (RFC 5737, RFC 3849) count here: they stand for outside parties.
  PUBLIC,
  /// Inside one site: RFC 1918, RFC 6598 (shared by a carrier), RFC 4193, and the link-local blocks.
  PRIVATE,
  /// This host: 127.0.0.0/8, ::1.
  LOOPBACK,
  /// One to many: multicast and the limited broadcast address.
  MULTICAST,
  /// 0.0.0.0/8, ::, and what is reserved: no party has it.
  UNASSIGNED;

  public static AddressScope of(IpAddress ip) {
    if (ip.isV4()) {
      int v = ip.v4Bits();
      int first = v >>> 24;
      int second = (v >>> 16) & 255;
      return switch (first) {
        case 0 -> UNASSIGNED;
        case 10 -> PRIVATE;
        case 100 -> (second & 0xc0) == 64 ? PRIVATE : PUBLIC;
        case 127 -> LOOPBACK;
        case 169 -> second == 254 ? PRIVATE : PUBLIC;
        case 172 -> (second & 0xf0) == 16 ? PRIVATE : PUBLIC;
        case 192 -> second == 168 ? PRIVATE : PUBLIC;
        default -> first < 224 ? PUBLIC : first < 240 || v == -1 ? MULTICAST : UNASSIGNED;
      };
    }
    int first = (int) (ip.high() >>> 56);
    if (ip.high() == 0) {
      return ip.low() == 1 ? LOOPBACK : UNASSIGNED;
    }
    if (first == 0xff) {
      return MULTICAST;
    }
    boolean uniqueLocal = (first & 0xfe) == 0xfc;
    boolean linkLocal = ip.high() >>> 54 == 0x3fa;
    return uniqueLocal || linkLocal ? PRIVATE : PUBLIC;
  }
}
