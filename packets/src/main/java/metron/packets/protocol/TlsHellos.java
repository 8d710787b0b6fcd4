package metron.packets.protocol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the hellos of TLS (RFC 5246 section 7.4.1, RFC 8446 section 4.1) and makes their fingerprints.
///
/// JA3: MD5 of `version,ciphers,extensions,groups,point formats`, decimal, in the order sent, without GREASE (RFC 8701). JA3S:
/// MD5 of `version,cipher,extensions`. JA4: `t` or `q`, version, `d` or `i` for a server name, counts of ciphers and extensions,
/// first and last character of the first ALPN; then SHA-256 cut to twelve digits of the sorted ciphers, and of the sorted
/// extensions (without server name and ALPN) with the signature algorithms as sent.
final class TlsHellos {
  private static final int MOST_LIST = 1024;
  private static final int SERVER_NAME = 0;
  private static final int GROUPS = 10;
  private static final int POINT_FORMATS = 11;
  private static final int SIGNATURES = 13;
  private static final int ALPN = 16;
  private static final int VERSIONS = 43;

  private final byte[] b;
  private final int end;
  private int at;
  private final List<Integer> extensions = new ArrayList<>();
  private List<Integer> groups = List.of();
  private List<Integer> pointFormats = List.of();
  private List<Integer> signatures = List.of();
  private List<Integer> versions = List.of();
  private final List<String> alpn = new ArrayList<>();
  private @Nullable String serverName;
  private boolean named;

  private TlsHellos(byte[] b, int begin, int end) {
    this.b = b;
    this.end = end;
    at = begin;
  }

  /// @param begin of the message's body
  static Optional<Finding.TlsClientHello> client(byte[] b, int begin, int end, boolean quic) {
    TlsHellos hello = new TlsHellos(b, begin, end);
    if (end - begin < 35) {
      return Optional.empty();
    }
    int version = Names.u16(b, begin);
    hello.at = begin + 34;
    if (!hello.skip8()) {
      return Optional.empty();
    }
    List<Integer> ciphers = hello.list16(hello.length16());
    if (!hello.skip8()) {
      return Optional.empty();
    }
    hello.readExtensions(true);
    String ja3 =
        version
            + ","
            + decimal(ciphers)
            + ","
            + decimal(hello.extensions)
            + ","
            + decimal(hello.groups)
            + ","
            + decimal(hello.pointFormats);
    String[] ja4 = hello.ja4(version, ciphers, quic);
    return Optional.of(
        new Finding.TlsClientHello(
            quic,
            version,
            withoutGrease(hello.versions),
            hello.serverName == null ? "" : hello.serverName,
            hello.alpn,
            hex("MD5", ja3),
            ja4[0],
            ja4[1]));
  }

  static Optional<Finding.TlsServerHello> server(byte[] b, int begin, int end, boolean quic) {
    TlsHellos hello = new TlsHellos(b, begin, end);
    if (end - begin < 38) {
      return Optional.empty();
    }
    int version = Names.u16(b, begin);
    hello.at = begin + 34;
    if (!hello.skip8() || end - hello.at < 3) {
      return Optional.empty();
    }
    int cipher = Names.u16(b, hello.at);
    hello.at += 3;
    hello.readExtensions(false);
    String ja3s = version + "," + cipher + "," + decimal(hello.extensions);
    int negotiated = hello.versions.isEmpty() ? version : hello.versions.getFirst();
    return Optional.of(
        new Finding.TlsServerHello(
            quic,
            version,
            negotiated,
            cipher,
            hello.alpn.isEmpty() ? "" : hello.alpn.getFirst(),
            hex("MD5", ja3s)));
  }

  private boolean skip8() {
    if (at >= end) {
      return false;
    }
    at += 1 + (b[at] & 255);
    return at <= end;
  }

  /// Reads a length of two bytes, cut to what there is.
  private int length16() {
    if (end - at < 2) {
      at = end;
      return 0;
    }
    int length = Names.u16(b, at);
    at += 2;
    return Math.min(length, end - at);
  }

  private List<Integer> list16(int length) {
    List<Integer> list = new ArrayList<>();
    int stop = at + length;
    while (stop - at >= 2 && list.size() < MOST_LIST) {
      list.add(Names.u16(b, at));
      at += 2;
    }
    at = stop;
    return list;
  }

  private void readExtensions(boolean client) {
    if (end - at < 2) {
      return;
    }
    int all = length16();
    int stop = at + all;
    while (stop - at >= 4 && extensions.size() < MOST_LIST) {
      int type = Names.u16(b, at);
      int length = Math.min(Names.u16(b, at + 2), stop - at - 4);
      int begin = at + 4;
      int next = begin + length;
      extensions.add(type);
      TlsHellos body = new TlsHellos(b, begin, next);
      switch (type) {
        case SERVER_NAME -> {
          named = true;
          if (client && length >= 5 && b[begin + 2] == 0) {
            int size = Math.min(Names.u16(b, begin + 3), length - 5);
            serverName = Names.latin(b, begin + 5, begin + 5 + size);
          }
        }
        case GROUPS -> groups = body.list16(body.length16());
        case SIGNATURES -> signatures = body.list16(body.length16());
        case POINT_FORMATS -> {
          List<Integer> formats = new ArrayList<>();
          for (int i = begin + 1; i < next && i <= begin + (b[begin] & 255); i++) {
            formats.add(b[i] & 255);
          }
          pointFormats = formats;
        }
        case ALPN -> {
          int p = begin + 2;
          while (p < next && alpn.size() < 64) {
            int size = Math.min(b[p] & 255, next - p - 1);
            alpn.add(Names.latin(b, p + 1, p + 1 + size));
            p += 1 + size;
          }
        }
        case VERSIONS -> {
          if (client) {
            body.at = Math.min(next, begin + 1);
            versions = body.list16(next - body.at);
          } else if (length >= 2) {
            versions = List.of(Names.u16(b, begin));
          }
        }
        default -> {}
      }
      at = next;
    }
  }

  private static boolean isGrease(int value) {
    return (value & 0x0f0f) == 0x0a0a && value >> 8 == (value & 255);
  }

  private static List<Integer> withoutGrease(List<Integer> values) {
    return values.stream().filter(v -> !isGrease(v)).toList();
  }

  private static String decimal(List<Integer> values) {
    StringBuilder text = new StringBuilder();
    for (int value : values) {
      if (!isGrease(value)) {
        text.append(text.isEmpty() ? "" : "-").append(value);
      }
    }
    return text.toString();
  }

  private static String hexadecimal(List<Integer> values) {
    StringBuilder text = new StringBuilder();
    for (int value : values) {
      text.append(text.isEmpty() ? "" : ",").append("%04x".formatted(value));
    }
    return text.toString();
  }

  private String[] ja4(int legacyVersion, List<Integer> allCiphers, boolean quic) {
    List<Integer> ciphers = new ArrayList<>(withoutGrease(allCiphers));
    List<Integer> kinds = new ArrayList<>(withoutGrease(extensions));
    int count = kinds.size();
    int best = legacyVersion;
    List<Integer> offered = withoutGrease(versions);
    if (!offered.isEmpty()) {
      best = Collections.max(offered);
    }
    String version =
        switch (best) {
          case 0x0304 -> "13";
          case 0x0303 -> "12";
          case 0x0302 -> "11";
          case 0x0301 -> "10";
          case 0x0300 -> "s3";
          case 0x0002 -> "s2";
          default -> "00";
        };
    String first = alpn.isEmpty() ? "" : alpn.getFirst();
    String ends = "00";
    if (!first.isEmpty()) {
      char a = first.charAt(0);
      char z = first.charAt(first.length() - 1);
      if (isAlphanumeric(a) && isAlphanumeric(z)) {
        ends = "" + a + z;
      } else {
        String hex = HexFormat.of().formatHex(first.getBytes(StandardCharsets.ISO_8859_1));
        ends = "" + hex.charAt(0) + hex.charAt(hex.length() - 1);
      }
    }
    String a =
        (quic ? "q" : "t")
            + version
            + (named ? "d" : "i")
            + "%02d%02d".formatted(Math.min(99, ciphers.size()), Math.min(99, count))
            + ends;
    Collections.sort(ciphers);
    kinds.removeIf(k -> k == SERVER_NAME || k == ALPN);
    Collections.sort(kinds);
    String cipherText = hexadecimal(ciphers);
    List<Integer> signing = withoutGrease(signatures);
    String extensionText =
        hexadecimal(kinds) + (signing.isEmpty() ? "" : "_" + hexadecimal(signing));
    String none = "000000000000";
    String hashed =
        a
            + "_"
            + (ciphers.isEmpty() ? none : hex("SHA-256", cipherText).substring(0, 12))
            + "_"
            + (kinds.isEmpty() ? none : hex("SHA-256", extensionText).substring(0, 12));
    return new String[] {hashed, a + "_" + cipherText + "_" + extensionText};
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  static String hex(String algorithm, String text) {
    MessageDigest digest = Carver.digest(algorithm);
    return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.ISO_8859_1)));
  }
}
