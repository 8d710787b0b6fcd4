package metron.packets.protocol;

import java.nio.charset.StandardCharsets;

/// Texts of hostile bytes.
final class Names {
  private Names() {}

  /// One character a byte, without the spaces around.
  static String latin(byte[] b, int from, int to) {
    int begin = from;
    int end = to;
    while (begin < end && (b[begin] == ' ' || b[begin] == '\t')) {
      begin++;
    }
    while (end > begin && (b[end - 1] == ' ' || b[end - 1] == '\t' || b[end - 1] == '\r')) {
      end--;
    }
    return new String(b, begin, end - begin, StandardCharsets.ISO_8859_1);
  }

  /// UTF-8, with a replacement where it is none.
  static String utf8(byte[] b, int from, int to) {
    return new String(b, from, Math.max(0, to - from), StandardCharsets.UTF_8);
  }

  static String utf16(byte[] b, int from, int to) {
    return new String(b, from, Math.max(0, to - from) & ~1, StandardCharsets.UTF_16LE);
  }

  static int u16(byte[] b, int at) {
    return (b[at] & 255) << 8 | (b[at + 1] & 255);
  }

  static int u24(byte[] b, int at) {
    return (b[at] & 255) << 16 | u16(b, at + 1);
  }

  static long u32(byte[] b, int at) {
    return (long) u16(b, at) << 16 | u16(b, at + 2);
  }

  /// Little-endian.
  static int le16(byte[] b, int at) {
    return (b[at] & 255) | (b[at + 1] & 255) << 8;
  }

  static long le32(byte[] b, int at) {
    return le16(b, at) | (long) le16(b, at + 2) << 16;
  }

  static long le64(byte[] b, int at) {
    return le32(b, at) | le32(b, at + 4) << 32;
  }
}
