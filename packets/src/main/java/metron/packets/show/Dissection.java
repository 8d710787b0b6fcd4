package metron.packets.show;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import metron.event.IpAddress;
import metron.event.json.EventJson;
import metron.packets.decode.DecodedPacket;
import metron.packets.decode.LayerKind;

/// Takes a packet apart for display. Any bytes give layers; a header that is cut has the fields that are there.
public final class Dissection {
  private static final HexFormat MAC = HexFormat.ofDelimiter(":");

  private final DecodedPacket d;
  private final byte[] b;
  private final int begin;
  private final List<LayerField> fields = new ArrayList<>();
  private int at;
  private int stop;

  private Dissection(DecodedPacket d) {
    this.d = d;
    b = d.bytes();
    begin = d.offset();
  }

  /// The layers of a packet, outermost first.
  public static List<Layer> layers(DecodedPacket decoded) {
    Dissection dissection = new Dissection(decoded);
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < decoded.layers(); i++) {
      if (decoded.layerKind(i) != LayerKind.PAYLOAD
          && decoded.layerEnd(i) > decoded.layerOffset(i)) {
        layers.add(dissection.layer(i));
      }
    }
    if (decoded.payloadEnd() > decoded.payloadOffset()) {
      layers.add(
          new Layer.Payload(
              decoded.payloadOffset() - dissection.begin, decoded.payloadEnd() - dissection.begin));
    }
    return layers;
  }

  private Layer layer(int i) {
    at = d.layerOffset(i);
    stop = d.layerEnd(i);
    fields.clear();
    int from = at - begin;
    int to = stop - begin;
    return switch (d.layerKind(i)) {
      case ETHERNET -> {
        String destination = mac("destination", 0);
        String source = mac("source", 6);
        yield new Layer.Ethernet(from, to, source, destination, hex16("type", 12), fields);
      }
      case VLAN -> {
        int tag = u16(0);
        field("priority", Integer.toString(tag >> 13), 0, 2);
        field("drop eligible", Integer.toString((tag >> 12) & 1), 0, 2);
        field("id", Integer.toString(tag & 0xfff), 0, 2);
        yield new Layer.Vlan(from, to, tag & 0xfff, tag >> 13, hex16("type", 2), fields);
      }
      case MPLS -> {
        long entry = u32(0);
        field("label", Long.toString(entry >> 12), 0, 3);
        field("traffic class", Long.toString((entry >> 9) & 7), 2, 1);
        field("bottom of stack", Long.toString((entry >> 8) & 1), 2, 1);
        field("time to live", Long.toString(entry & 255), 3, 1);
        yield new Layer.Mpls(from, to, (int) (entry >> 12), (entry & 0x100) != 0, fields);
      }
      case IPV4 -> ipv4(from, to);
      case IPV6 -> ipv6(from, to);
      case TCP -> tcp(from, to);
      case UDP -> {
        int source = number16("source port", 0);
        int destination = number16("destination port", 2);
        number16("length", 4);
        hex16("checksum", 6);
        yield new Layer.Udp(from, to, source, destination, fields);
      }
      case ICMP, ICMP_V6 -> {
        int type = number8("type", 0);
        int code = number8("code", 1);
        hex16("checksum", 2);
        boolean six = d.layerKind(i) == LayerKind.ICMP_V6;
        if (six ? type == 128 || type == 129 : type == 8 || type == 0) {
          number16("identifier", 4);
          number16("sequence", 6);
        }
        yield new Layer.Icmp(from, to, six, type, code, fields);
      }
      case IPV6_FRAGMENT -> {
        number8("next header", 0);
        field("offset", Integer.toString(u16(2) & 0xfff8), 2, 2);
        field("more fragments", Integer.toString(u16(2) & 1), 2, 2);
        field("identification", "0x%08x".formatted(u32(4)), 4, 4);
        yield new Layer.Other(from, to, "IPv6 fragment", fields);
      }
      case IPV6_EXTENSION -> {
        number8("next header", 0);
        number8("length", 1);
        yield new Layer.Other(from, to, "IPv6 extension header", fields);
      }
      case ARP -> arp(from, to);
      case SCTP -> {
        number16("source port", 0);
        number16("destination port", 2);
        field("verification tag", "0x%08x".formatted(u32(4)), 4, 4);
        yield new Layer.Other(from, to, "SCTP", fields);
      }
      case GRE -> {
        hex16("flags", 0);
        hex16("protocol", 2);
        yield new Layer.Other(from, to, "GRE", fields);
      }
      case VXLAN -> {
        field("network identifier", Long.toString(u32(4) >> 8), 4, 3);
        yield new Layer.Other(from, to, "VXLAN", fields);
      }
      case GENEVE -> {
        hex16("protocol", 2);
        field("network identifier", Long.toString(u32(4) >> 8), 4, 3);
        yield new Layer.Other(from, to, "Geneve", fields);
      }
      case GTP_U -> {
        field("tunnel endpoint", "0x%08x".formatted(u32(4)), 4, 4);
        yield new Layer.Other(from, to, "GTP-U", fields);
      }
      case PPPOE -> {
        hex16("session", 2);
        number16("length", 4);
        yield new Layer.Other(from, to, "PPPoE", fields);
      }
      case LINUX_SLL -> {
        number16("packet type", 0);
        hex16("protocol", 14);
        yield new Layer.Other(from, to, "Linux cooked capture", fields);
      }
      case LINUX_SLL2 -> {
        hex16("protocol", 0);
        field("interface", Long.toString(u32(4)), 4, 4);
        yield new Layer.Other(from, to, "Linux cooked capture 2", fields);
      }
      case AUTHENTICATION_HEADER -> {
        number8("next header", 0);
        field("security parameters index", "0x%08x".formatted(u32(4)), 4, 4);
        field("sequence", Long.toString(u32(8)), 8, 4);
        yield new Layer.Other(from, to, "Authentication header", fields);
      }
      case NULL_LOOPBACK,
          LLC,
          RADIOTAP,
          IEEE802_11,
          PPP,
          VN_TAG,
          E_TAG,
          PSEUDO_WIRE,
          ERSPAN,
          ETHER_IP,
          TEREDO,
          PAYLOAD ->
          new Layer.Other(
              from, to, d.layerKind(i).name().toLowerCase(Locale.ROOT).replace('_', ' '), fields);
    };
  }

  private Layer ipv4(int from, int to) {
    int first = number(0, 1);
    field("version", Integer.toString(first >> 4), 0, 1);
    field("header length", Integer.toString((first & 15) * 4), 0, 1);
    field("type of service", "0x%02x".formatted(number(1, 1)), 1, 1);
    number16("total length", 2);
    hex16("identification", 4);
    int fragment = u16(6);
    field("do not fragment", Integer.toString((fragment >> 14) & 1), 6, 1);
    field("more fragments", Integer.toString((fragment >> 13) & 1), 6, 1);
    field("fragment offset", Integer.toString((fragment & 0x1fff) * 8), 6, 2);
    number8("time to live", 8);
    int protocol = number8("protocol", 9);
    hex16("checksum", 10);
    IpAddress source = address("source", 12, 4);
    IpAddress destination = address("destination", 16, 4);
    if (to - from > 20) {
      field("options", HexFormat.of().formatHex(b, at + 20, stop), 20, stop - at - 20);
    }
    return new Layer.Ip(from, to, 4, source, destination, protocol, fields);
  }

  private Layer ipv6(int from, int to) {
    long first = u32(0);
    field("version", Long.toString(first >> 28), 0, 1);
    field("traffic class", "0x%02x".formatted((first >> 20) & 255), 0, 2);
    field("flow label", "0x%05x".formatted(first & 0xfffff), 1, 3);
    number16("payload length", 4);
    int next = number8("next header", 6);
    number8("hop limit", 7);
    IpAddress source = address("source", 8, 16);
    IpAddress destination = address("destination", 24, 16);
    return new Layer.Ip(from, to, 6, source, destination, next, fields);
  }

  private Layer tcp(int from, int to) {
    int source = number16("source port", 0);
    int destination = number16("destination port", 2);
    field("sequence", Long.toString(u32(4)), 4, 4);
    field("acknowledgement", Long.toString(u32(8)), 8, 4);
    field("header length", Integer.toString((number(12, 1) >> 4) * 4), 12, 1);
    int bits = number(13, 1);
    StringBuilder names = new StringBuilder();
    String[] all = {"FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"};
    for (int i = 0; i < all.length; i++) {
      if ((bits & 1 << i) != 0) {
        names.append(names.isEmpty() ? "" : " ").append(all[i]);
      }
    }
    field("flags", names.toString(), 13, 1);
    number16("window", 14);
    hex16("checksum", 16);
    number16("urgent pointer", 18);
    int option = 20;
    int length = stop - at;
    for (int i = 0; i < 40 && option < length; i++) {
      int kind = number(option, 1);
      int size = kind <= 1 ? 1 : option + 1 < length ? number(option + 1, 1) : 0;
      if (size == 0 || option + size > length) {
        break;
      }
      String name =
          switch (kind) {
            case 0 -> "end of options";
            case 1 -> "no operation";
            case 2 -> "maximum segment size";
            case 3 -> "window scale";
            case 4 -> "SACK permitted";
            case 5 -> "SACK";
            case 8 -> "timestamps";
            default -> "option " + kind;
          };
      String value =
          switch (kind) {
            case 2 -> size == 4 ? Integer.toString(u16(option + 2)) : "";
            case 3 -> size == 3 ? Integer.toString(number(option + 2, 1)) : "";
            case 8 -> size == 10 ? u32(option + 2) + " " + u32(option + 6) : "";
            default ->
                HexFormat.of().formatHex(b, at + option + Math.min(size, 2), at + option + size);
          };
      field(name, value, option, size);
      option += size;
    }
    return new Layer.Tcp(from, to, source, destination, names.toString(), fields);
  }

  private Layer arp(int from, int to) {
    int operation = number16("operation", 6);
    if (to - from >= 28 && number(4, 1) == 6 && number(5, 1) == 4) {
      mac("sender", 8);
      address("sender address", 14, 4);
      mac("target", 18);
      address("target address", 24, 4);
    }
    String title = operation == 1 ? "ARP request" : operation == 2 ? "ARP reply" : "ARP";
    return new Layer.Other(from, to, title, fields);
  }

  // What is cut reads as zero, and has no field.

  private int number(int offset, int length) {
    int value = 0;
    for (int i = 0; i < length; i++) {
      value = value << 8 | (at + offset + i < stop ? b[at + offset + i] & 255 : 0);
    }
    return value;
  }

  private int u16(int offset) {
    return number(offset, 2);
  }

  private long u32(int offset) {
    return number(offset, 4) & 0xffff_ffffL;
  }

  private void field(String name, String value, int offset, int length) {
    if (at + offset + length <= stop) {
      fields.add(new LayerField(name, value, at + offset - begin, length));
    }
  }

  private int number8(String name, int offset) {
    int value = number(offset, 1);
    field(name, Integer.toString(value), offset, 1);
    return value;
  }

  private int number16(String name, int offset) {
    int value = u16(offset);
    field(name, Integer.toString(value), offset, 2);
    return value;
  }

  private int hex16(String name, int offset) {
    int value = u16(offset);
    field(name, "0x%04x".formatted(value), offset, 2);
    return value;
  }

  private String mac(String name, int offset) {
    if (at + offset + 6 > stop) {
      return "?";
    }
    String text = MAC.formatHex(b, at + offset, at + offset + 6);
    field(name, text, offset, 6);
    return text;
  }

  private IpAddress address(String name, int offset, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) number(offset + i, 1);
    }
    IpAddress address = IpAddress.of(bytes);
    field(name, address.toString(), offset, length);
    return address;
  }

  /// The layers as a tree, a field a line with its byte range, such as `    14-14 version: 4`.
  public static String tree(List<Layer> layers) {
    StringBuilder text = new StringBuilder(2048);
    for (Layer layer : layers) {
      text.append(range(layer.offset(), layer.end()))
          .append(' ')
          .append(layer.title())
          .append('\n');
      for (LayerField field : layer.fields()) {
        text.append("    ")
            .append(range(field.offset(), field.offset() + field.length()))
            .append(' ')
            .append(field.name())
            .append(": ")
            .append(field.value())
            .append('\n');
      }
    }
    return text.toString();
  }

  private static String range(int from, int to) {
    return String.format(Locale.ROOT, "%5s-%-5s", from, to - 1);
  }

  /// `[{"title", "offset", "length", "fields": [{"name", "value", "offset", "length"}]}]`
  public static String json(List<Layer> layers) {
    StringBuilder text = new StringBuilder(4096).append('[');
    for (Layer layer : layers) {
      text.append(text.length() == 1 ? "{\"title\":" : ",{\"title\":");
      EventJson.quote(text, layer.title());
      text.append(",\"offset\":").append(layer.offset());
      text.append(",\"length\":").append(layer.end() - layer.offset()).append(",\"fields\":[");
      boolean more = false;
      for (LayerField field : layer.fields()) {
        text.append(more ? ",{\"name\":" : "{\"name\":");
        more = true;
        EventJson.quote(text, field.name());
        EventJson.quote(text.append(",\"value\":"), field.value());
        text.append(",\"offset\":").append(field.offset());
        text.append(",\"length\":").append(field.length()).append('}');
      }
      text.append("]}");
    }
    return text.append(']').toString();
  }

  /// Sixteen bytes a line: offset, hexadecimal, text.
  public static String hex(byte[] bytes, int offset, int length) {
    StringBuilder text = new StringBuilder(length * 5);
    for (int at = 0; at < length; at += 16) {
      text.append("%04x ".formatted(at));
      int n = Math.min(16, length - at);
      for (int i = 0; i < 16; i++) {
        text.append(i < n ? " %02x".formatted(bytes[offset + at + i]) : "   ");
      }
      text.append("  ");
      for (int i = 0; i < n; i++) {
        int c = bytes[offset + at + i];
        text.append(c >= 32 && c < 127 ? (char) c : '.');
      }
      text.append('\n');
    }
    return text.toString();
  }
}
