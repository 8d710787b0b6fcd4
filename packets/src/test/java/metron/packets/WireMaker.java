package metron.packets;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import metron.event.IpAddress;

/// Puts packets together header by header, from the inside out.
public final class WireMaker {
  private WireMaker() {}

  public static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  public static byte[] hex(String hex) {
    return java.util.HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static byte[] be16(int... values) {
    byte[] out = new byte[values.length * 2];
    for (int i = 0; i < values.length; i++) {
      out[2 * i] = (byte) (values[i] >> 8);
      out[2 * i + 1] = (byte) values[i];
    }
    return out;
  }

  public static byte[] ethernet(int type, byte[] payload) {
    return join(hex("0200000000010200000000 02"), be16(type), payload);
  }

  public static byte[] vlan(int id, int type, byte[] payload) {
    return join(be16(id, type), payload);
  }

  public static byte[] mpls(int label, boolean last, byte[] payload) {
    int entry = label << 12 | (last ? 0x100 : 0) | 64;
    return join(be16(entry >>> 16, entry & 0xffff), payload);
  }

  public static byte[] ipv4(String from, String to, int protocol, byte[] payload) {
    return ipv4(from, to, protocol, 0, payload);
  }

  /// @param fragment flags and offset as they stand in the header
  public static byte[] ipv4(String from, String to, int protocol, int fragment, byte[] payload) {
    return join(
        be16(0x4500, 20 + payload.length, 7, fragment, 64 << 8 | protocol, 0),
        IpAddress.parse(from).orElseThrow().bytes(),
        IpAddress.parse(to).orElseThrow().bytes(),
        payload);
  }

  public static byte[] ipv6(String from, String to, int next, byte[] payload) {
    return join(
        be16(0x6000, 0, payload.length, next << 8 | 64),
        IpAddress.parse(from).orElseThrow().bytes16(),
        IpAddress.parse(to).orElseThrow().bytes16(),
        payload);
  }

  public static byte[] udp(int from, int to, byte[] payload) {
    return join(be16(from, to, 8 + payload.length, 0), payload);
  }

  public static byte[] tcp(int from, int to, int flags, byte[] payload) {
    return join(be16(from, to, 0, 1, 0, 0, 0x5000 | flags, 1024, 0, 0), payload);
  }

  public static byte[] sctp(int from, int to, byte[] payload) {
    return join(be16(from, to, 0, 0, 0, 0), payload);
  }

  public static byte[] icmp(int type, int code, byte[] payload) {
    return join(be16(type << 8 | code, 0, 0, 0), payload);
  }

  public static byte[] text(int length) {
    byte[] out = new byte[length];
    Arrays.fill(out, (byte) 'x');
    return out;
  }
}
