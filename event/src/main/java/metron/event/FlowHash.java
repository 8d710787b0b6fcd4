package metron.event;

import java.nio.charset.StandardCharsets;

/// SHA-1 (RFC 3174) of at most [#MAX_BYTES] bytes, as Base64. So short a message is one block, so nothing is buffered, copied
/// or looked up; the JDK's `MessageDigest` and `Base64` took most of the time of a Community ID. Not for secrets: SHA-1 only
/// names flows here.
///
/// Not thread-safe.
final class FlowHash {
  /// One block less the end mark and the length.
  static final int MAX_BYTES = 55;

  private static final byte[] BASE64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
          .getBytes(StandardCharsets.ISO_8859_1);

  final byte[] message = new byte[MAX_BYTES];
  private final int[] w = new int[80];
  private final byte[] text = new byte[30];

  FlowHash() {
    text[0] = '1';
    text[1] = ':';
    text[29] = '=';
  }

  /// `1:` and the hash of the first `length` bytes of [#message].
  String text(int length) {
    int[] words = w;
    for (int i = 0; i < 16; i++) {
      words[i] = 0;
    }
    for (int i = 0; i < length; i++) {
      words[i >> 2] |= (message[i] & 255) << (24 - 8 * (i & 3));
    }
    words[length >> 2] |= 0x80 << (24 - 8 * (length & 3));
    words[15] = length * 8;
    for (int t = 16; t < 80; t++) {
      words[t] = Integer.rotateLeft(words[t - 3] ^ words[t - 8] ^ words[t - 14] ^ words[t - 16], 1);
    }
    int a = 0x67452301;
    int b = 0xefcdab89;
    int c = 0x98badcfe;
    int d = 0x10325476;
    int e = 0xc3d2e1f0;
    // Four loops, so that none has a branch on the round.
    for (int t = 0; t < 20; t++) {
      int next = Integer.rotateLeft(a, 5) + (d ^ (b & (c ^ d))) + e + words[t] + 0x5a827999;
      e = d;
      d = c;
      c = Integer.rotateLeft(b, 30);
      b = a;
      a = next;
    }
    for (int t = 20; t < 40; t++) {
      int next = Integer.rotateLeft(a, 5) + (b ^ c ^ d) + e + words[t] + 0x6ed9eba1;
      e = d;
      d = c;
      c = Integer.rotateLeft(b, 30);
      b = a;
      a = next;
    }
    for (int t = 40; t < 60; t++) {
      int next = Integer.rotateLeft(a, 5) + ((b & c) | (d & (b | c))) + e + words[t] + 0x8f1bbcdc;
      e = d;
      d = c;
      c = Integer.rotateLeft(b, 30);
      b = a;
      a = next;
    }
    for (int t = 60; t < 80; t++) {
      int next = Integer.rotateLeft(a, 5) + (b ^ c ^ d) + e + words[t] + 0xca62c1d6;
      e = d;
      d = c;
      c = Integer.rotateLeft(b, 30);
      b = a;
      a = next;
    }
    return encode(a + 0x67452301, b + 0xefcdab89, c + 0x98badcfe, d + 0x10325476, e + 0xc3d2e1f0);
  }

  /// 160 bits are 26 characters and four bits, so the last character has two zero bits and one `=` follows.
  private String encode(int h0, int h1, int h2, int h3, int h4) {
    long first = (long) h0 << 32 | (h1 & 0xffff_ffffL);
    long second = (long) h2 << 32 | (h3 & 0xffff_ffffL);
    int at = 2;
    // Bits 0 to 59, then 60 to 119, then 120 to 159.
    for (int shift = 58; shift >= 4; shift -= 6) {
      text[at++] = BASE64[(int) (first >>> shift) & 63];
    }
    long middle = first << 56 | second >>> 8;
    for (int shift = 54; shift >= 0; shift -= 6) {
      text[at++] = BASE64[(int) (middle >>> shift) & 63];
    }
    long last = (second & 0xff) << 34 | (h4 & 0xffff_ffffL) << 2;
    for (int shift = 36; shift >= 0; shift -= 6) {
      text[at++] = BASE64[(int) (last >>> shift) & 63];
    }
    return new String(text, StandardCharsets.ISO_8859_1);
  }
}
