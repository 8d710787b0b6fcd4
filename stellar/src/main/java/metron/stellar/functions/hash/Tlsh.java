package metron.stellar.functions.hash;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// TLSH, a hash that changes little when its text does: texts with a small distance between their
/// hashes are alike.
///
/// Every window of five bytes gives six triples, each hashed into one of 256 buckets; the hash has,
/// for each bucket, which quartile of all buckets its count is in (two bits). Before that stand a
/// checksum, the logarithm of the length, and two ratios of the quartiles.
///
/// J. Oliver, C. Cheng, Y. Chen: TLSH, a locality sensitive hash. 4th Cybercrime and Trustworthy
/// Computing Workshop, Sydney 2013.
///
/// @param checksum 1 or 3 bytes
/// @param length the logarithm of the length, 0 to 255
/// @param ratio1 first quartile in percent of the third, modulo 16
/// @param ratio2 second quartile in percent of the third, modulo 16
/// @param code 32 bytes for 128 buckets or 64 for 256, in the order of the buckets
record Tlsh(int[] checksum, int length, int ratio1, int ratio2, int[] code) {
  private static final int SHORTEST = 256;
  private static final int SHORTEST_FORCED = 50;
  private static final int WINDOW = 5;

  /// The permutation of P. Pearson: Fast hashing of variable-length text strings, CACM 33(6), 1990,
  /// as the paper above has it.
  private static final byte[] PEARSON =
      HexFormat.of()
          .parseHex(
              "0157310cb0b266a679c10654f9e62ca30ec5d5b5a155da5040ef18e2ec8e26c8"
                  + "6eb168678dfdff324d6551122d601fde196bbe4656edf02248f214d6f4e395eb"
                  + "61ea39163cfa52afd0057fc76f3e87f8aea9d33a429a6ac3f5ab11bbb6b300f3"
                  + "8438944b80859e64827e5b0d99f6d8db7744df4e5358c9637a0b5c208872340a"
                  + "8a1e30b79c233d1a8f4afb5e81a23f98aa0773a7f1ce0396373b97dc5a351783"
                  + "7dad0fee4f5f59106989e1e0d9a0257b7649029d2e74099186e4cfd4cad745e5"
                  + "1bbc437ca8fc2a041d6c15f713cd27cbe928ba93c6c09b21a4bf62cca5b4754c"
                  + "8c24d2ac29369f08b9e871c4e72f927833411c90fedd5dbdc28b702b476db8d1");

  private static int pearson(int salt, int i, int j, int k) {
    int h = PEARSON[salt] & 0xff;
    h = PEARSON[h ^ i] & 0xff;
    h = PEARSON[h ^ j] & 0xff;
    return PEARSON[h ^ k] & 0xff;
  }

  /// @param buckets 128 or 256
  /// @param checksumBytes 1 or 3
  /// @param force whether 50 bytes will do, and not only 256
  /// @return null when the data is too short or too uniform to have a hash
  static @Nullable Tlsh of(byte[] data, int buckets, int checksumBytes, boolean force) {
    if (data.length < (force ? SHORTEST_FORCED : SHORTEST)) {
      return null;
    }
    int[] checksum = new int[checksumBytes];
    int[] counts = new int[256];
    for (int i = WINDOW - 1; i < data.length; i++) {
      int a = data[i] & 0xff;
      int b = data[i - 1] & 0xff;
      int c = data[i - 2] & 0xff;
      int d = data[i - 3] & 0xff;
      int e = data[i - 4] & 0xff;
      checksum[0] = pearson(0, a, b, checksum[0]);
      for (int k = 1; k < checksumBytes; k++) {
        checksum[k] = pearson(checksum[k - 1], a, b, checksum[k]);
      }
      counts[pearson(2, a, b, c)]++;
      counts[pearson(3, a, b, d)]++;
      counts[pearson(5, a, c, d)]++;
      counts[pearson(7, a, c, e)]++;
      counts[pearson(11, a, b, e)]++;
      counts[pearson(13, a, d, e)]++;
    }
    int[] sorted = Arrays.copyOf(counts, buckets);
    Arrays.sort(sorted);
    int q1 = sorted[buckets / 4 - 1];
    int q2 = sorted[buckets / 2 - 1];
    int q3 = sorted[buckets - buckets / 4 - 1];
    int used = 0;
    for (int i = 0; i < buckets; i++) {
      used += counts[i] > 0 ? 1 : 0;
    }
    if (q3 == 0 || used <= buckets / 2) {
      return null;
    }
    int[] code = new int[buckets / 4];
    for (int i = 0; i < code.length; i++) {
      for (int j = 0; j < 4; j++) {
        int count = counts[4 * i + j];
        int quartile = count > q3 ? 3 : count > q2 ? 2 : count > q1 ? 1 : 0;
        code[i] |= quartile << (2 * j);
      }
    }
    return new Tlsh(
        checksum,
        logarithm(data.length),
        (int) (q1 * 100f / q3) % 16,
        (int) (q2 * 100f / q3) % 16,
        code);
  }

  private static int logarithm(int length) {
    double ln = Math.log(length);
    double scaled =
        length <= 656
            ? ln / 0.4054651
            : length <= 3199 ? ln / 0.26236426 - 8.72777 : ln / 0.095310180 - 62.5472;
    return (int) Math.floor(scaled) & 0xff;
  }

  /// Hexadecimal in capitals; the nibbles of the header are swapped, and the code stands backwards.
  String text() {
    StringBuilder text = new StringBuilder();
    for (int c : checksum) {
      append(text, swapped(c));
    }
    append(text, swapped(length));
    append(text, swapped(ratio2 << 4 | ratio1));
    for (int i = code.length - 1; i >= 0; i--) {
      append(text, code[i]);
    }
    return text.toString();
  }

  private static void append(StringBuilder text, int b) {
    text.append(String.format(Locale.ROOT, "%02X", b));
  }

  private static int swapped(int b) {
    return (b & 0xf) << 4 | b >> 4;
  }

  /// Reads a hash; the version prefix `T1` of later programs is passed over.
  ///
  /// @return null when the text is none
  static @Nullable Tlsh parse(String text) {
    String hex = text.startsWith("T1") && text.length() % 2 == 0 ? text.substring(2) : text;
    int checksumBytes;
    switch (hex.length()) {
      case 70, 134 -> checksumBytes = 1;
      case 74, 138 -> checksumBytes = 3;
      default -> {
        return null;
      }
    }
    byte[] bytes;
    try {
      bytes = HexFormat.of().parseHex(hex);
    } catch (IllegalArgumentException _) {
      return null;
    }
    int[] checksum = new int[checksumBytes];
    for (int i = 0; i < checksumBytes; i++) {
      checksum[i] = swapped(bytes[i] & 0xff);
    }
    int ratios = swapped(bytes[checksumBytes + 1] & 0xff);
    int[] code = new int[bytes.length - checksumBytes - 2];
    for (int i = 0; i < code.length; i++) {
      code[i] = bytes[bytes.length - 1 - i] & 0xff;
    }
    return new Tlsh(
        checksum, swapped(bytes[checksumBytes] & 0xff), ratios & 0xf, ratios >> 4, code);
  }

  boolean comparable(Tlsh other) {
    return checksum.length == other.checksum.length && code.length == other.code.length;
  }

  /// 0 for equal hashes; up to about 30 the texts are most likely alike, above 100 they are not.
  int distance(Tlsh other, boolean withLength) {
    int distance = 0;
    if (withLength) {
      int apart = around(length, other.length, 256);
      distance += apart <= 1 ? apart : apart * 12;
    }
    int apart1 = around(ratio1, other.ratio1, 16);
    distance += apart1 <= 1 ? apart1 : (apart1 - 1) * 12;
    int apart2 = around(ratio2, other.ratio2, 16);
    distance += apart2 <= 1 ? apart2 : (apart2 - 1) * 12;
    distance += Arrays.equals(checksum, other.checksum) ? 0 : 1;
    for (int i = 0; i < code.length; i++) {
      for (int shift = 0; shift < 8; shift += 2) {
        int apart = Math.abs((code[i] >> shift & 3) - (other.code[i] >> shift & 3));
        distance += apart == 3 ? 6 : apart;
      }
    }
    return distance;
  }

  private static int around(int a, int b, int circle) {
    int apart = Math.abs(a - b);
    return Math.min(apart, circle - apart);
  }
}
