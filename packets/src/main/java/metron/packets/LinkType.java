package metron.packets;

/// Numbers that say what a captured packet begins with (tcpdump.org, "Link-layer header types"; IANA keeps the list now).
public final class LinkType {
  /// BSD loopback: the address family in the byte order of the capturing machine.
  public static final int NULL = 0;

  public static final int ETHERNET = 1;
  public static final int PPP = 9;

  /// PPP in HDLC-like framing, or Cisco HDLC (RFC 1547).
  public static final int PPP_HDLC = 50;

  public static final int PPP_ETHER = 51;

  /// IPv4 or IPv6, told apart by the version.
  public static final int RAW = 101;

  public static final int C_HDLC = 104;
  public static final int IEEE802_11 = 105;

  /// OpenBSD loopback: the address family in network byte order.
  public static final int LOOP = 108;

  public static final int LINUX_SLL = 113;
  public static final int IEEE802_11_RADIOTAP = 127;
  public static final int IPV4 = 228;
  public static final int IPV6 = 229;
  public static final int LINUX_SLL2 = 276;

  /// Raw IP as some systems wrote it before the number was agreed on.
  public static final int RAW_BSD = 12;

  public static final int RAW_OPENBSD = 14;

  private LinkType() {}

  /// As people call it; the number for one that is not decoded here.
  public static String name(int linkType) {
    return switch (linkType) {
      case NULL -> "null";
      case ETHERNET -> "ethernet";
      case PPP -> "ppp";
      case PPP_HDLC -> "ppp-hdlc";
      case PPP_ETHER -> "pppoe";
      case RAW, RAW_BSD, RAW_OPENBSD -> "raw-ip";
      case C_HDLC -> "c-hdlc";
      case IEEE802_11 -> "802.11";
      case LOOP -> "loop";
      case LINUX_SLL -> "linux-sll";
      case IEEE802_11_RADIOTAP -> "802.11-radiotap";
      case IPV4 -> "ipv4";
      case IPV6 -> "ipv6";
      case LINUX_SLL2 -> "linux-sll2";
      default -> "link-type-" + linkType;
    };
  }
}
