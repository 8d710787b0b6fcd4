package metron.packets.protocol;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import metron.event.IpAddress;

/// DHCP for IPv4 (RFC 2131, RFC 2132): who asks for an address, and which one is given.
final class DhcpMessages {
  private static final int COOKIE = 0x63825363;
  private static final HexFormat MAC = HexFormat.ofDelimiter("-").withUpperCase();

  private DhcpMessages() {}

  static Optional<Finding> read(byte[] b, int begin, int end) {
    if (end - begin < 241 || (int) Names.u32(b, begin + 236) != COOKIE) {
      return Optional.empty();
    }
    int hardware = Math.min(16, b[begin + 2] & 255);
    String type = "BOOTP";
    String requested = "";
    String host = "";
    String vendor = "";
    String domain = "";
    String server = "";
    int at = begin + 240;
    while (at < end) {
      int code = b[at] & 255;
      if (code == 0) {
        at++;
        continue;
      }
      if (code == 255 || at + 1 >= end) {
        break;
      }
      int length = b[at + 1] & 255;
      int from = at + 2;
      int to = from + length;
      if (to > end) {
        break;
      }
      switch (code) {
        case 12 -> host = Names.utf8(b, from, to);
        case 15 -> domain = Names.utf8(b, from, to);
        case 50 -> requested = address(b, from, to);
        case 53 -> type = length == 1 ? typeName(b[from]) : type;
        case 54 -> server = address(b, from, to);
        case 60 -> vendor = Names.utf8(b, from, to);
        default -> {}
      }
      at = to;
    }
    return Optional.of(
        new Finding.Dhcp(
            type,
            Names.u32(b, begin + 4),
            MAC.formatHex(b, begin + 28, begin + 28 + hardware),
            address(b, begin + 16, begin + 20),
            requested,
            host,
            vendor,
            domain,
            server));
  }

  private static String address(byte[] b, int from, int to) {
    if (to - from != 4 || Names.u32(b, from) == 0) {
      return "";
    }
    return IpAddress.of(Arrays.copyOfRange(b, from, to)).toString();
  }

  private static String typeName(int type) {
    return switch (type) {
      case 1 -> "DISCOVER";
      case 2 -> "OFFER";
      case 3 -> "REQUEST";
      case 4 -> "DECLINE";
      case 5 -> "ACK";
      case 6 -> "NAK";
      case 7 -> "RELEASE";
      case 8 -> "INFORM";
      default -> "TYPE" + (type & 255);
    };
  }
}
