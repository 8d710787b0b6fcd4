package metron.packets.store;

import metron.event.IpAddress;
import metron.packets.decode.TagKind;

/// What the index can be asked for. Keys are 48 bits, unsigned; folding drops their lowest bits and keeps their order.
enum KeyKind {
  /// An IPv4 address, of IP and of ARP.
  V4(32),
  /// A hash of an IPv6 address.
  V6_HOST(48),
  /// The first 48 bits of an IPv6 address.
  V6_NET(48),
  /// A port of TCP, UDP or SCTP. Below 1024 it is never folded.
  PORT(16),
  /// A protocol number of an IP header.
  PROTOCOL(8),
  /// Kind and value of a tag.
  TAG(40),
  /// The first 48 bits of the hash in a Community ID.
  FLOW(48);

  final int bits;

  KeyKind(int bits) {
    this.bits = bits;
  }

  boolean isHash() {
    return this == V6_HOST || this == FLOW;
  }

  long fold(long key, int shift) {
    if (this == PORT) {
      return key < 1024 ? key : 1024 + ((key - 1024) >>> shift);
    }
    return key >>> shift;
  }

  static long v6Host(long high, long low) {
    long x = high * 0x9e3779b97f4a7c15L ^ Long.rotateLeft(low, 31);
    x = (x ^ (x >>> 32)) * 0xd6e8feb86659fd93L;
    x = (x ^ (x >>> 32)) * 0xd6e8feb86659fd93L;
    return (x ^ (x >>> 32)) >>> 16;
  }

  static long v6Net(IpAddress address) {
    return address.high() >>> 16;
  }

  static long tag(TagKind kind, long value) {
    int number =
        switch (kind) {
          case VLAN -> 0;
          case MPLS -> 1;
          case VXLAN -> 2;
          case GENEVE -> 3;
          case GTP -> 4;
          case GRE_KEY -> 5;
          case GRE_PROTOCOL -> 6;
          case PPPOE -> 7;
          case ERSPAN -> 8;
        };
    return (long) number << 32 | value;
  }

  /// Eight characters of Base64 are 48 bits.
  static long flow(String communityId) {
    long key = 0;
    for (int i = 2; i < 10; i++) {
      char c = communityId.charAt(i);
      int v =
          c >= 'A' && c <= 'Z'
              ? c - 'A'
              : c >= 'a' && c <= 'z'
                  ? c - 'a' + 26
                  : c >= '0' && c <= '9' ? c - '0' + 52 : c == '+' ? 62 : 63;
      key = key << 6 | v;
    }
    return key;
  }
}
