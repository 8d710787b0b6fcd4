package metron.packets.protocol;

import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/// What a certificate (X.509, RFC 5280) says, without any judgement whether it is valid.
final class Certificates {
  private static final byte[] SUBJECT_NAMES = {0x55, 0x1d, 0x11};
  private static final int MOST_NAMES = 256;

  private Certificates() {}

  static Finding.Certificate read(byte[] b, int begin, int end) {
    String sha256 = hash("SHA-256", b, begin, end);
    String sha1 = hash("SHA-1", b, begin, end);
    List<String> names = new ArrayList<>();
    Der certificate = new Der(b, begin, end);
    Der signed = certificate.enter(0x30).enter(0x30);
    if (signed.tag() == 0xa0) {
      signed = signed.next();
    }
    // serialNumber, signature, issuer, validity, subject, subjectPublicKeyInfo, extensions.
    Der name = signed.next().next();
    String issuer = name(name);
    Der validity = name.next();
    Der times = validity.enter(0x30);
    long notBefore = time(times);
    long notAfter = time(times.next());
    Der subjectName = validity.next();
    String subject = name(subjectName);
    Der rest = subjectName.next().next();
    while (rest.isThere()) {
      if (rest.tag() == 0xa3) {
        Der extension = rest.enter(0xa3).enter(0x30);
        while (extension.isThere()) {
          Der id = extension.enter(0x30);
          if (id.isThere()
              && Arrays.equals(b, id.begin(), id.end(), SUBJECT_NAMES, 0, SUBJECT_NAMES.length)) {
            Der value = id.next();
            if (value.tag() == 1) {
              value = value.next();
            }
            Der alternative = value.enter(4).enter(0x30);
            while (alternative.isThere() && names.size() < MOST_NAMES) {
              if (alternative.tag() == 0x82) {
                names.add(Names.latin(b, alternative.begin(), alternative.end()));
              }
              alternative = alternative.next();
            }
          }
          extension = extension.next();
        }
      }
      rest = rest.next();
    }
    return new Finding.Certificate(sha256, sha1, subject, issuer, notBefore, notAfter, names);
  }

  private static String hash(String algorithm, byte[] b, int begin, int end) {
    MessageDigest digest = Carver.digest(algorithm);
    digest.update(b, begin, end - begin);
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String name(Der name) {
    if (name.tag() != 0x30 || name.end() - name.header() > 4096) {
      return "";
    }
    try {
      return new X500Principal(name.whole()).getName();
    } catch (IllegalArgumentException e) {
      // A name that no rule of X.500 allows; the certificate's hash still tells it from others.
      return "";
    }
  }

  private static long time(Der time) {
    if (!time.isThere() || (time.tag() != 0x17 && time.tag() != 0x18)) {
      return Long.MIN_VALUE;
    }
    String text = time.text();
    int years = time.tag() == 0x17 ? 2 : 4;
    if (text.length() < years + 10) {
      return Long.MIN_VALUE;
    }
    int[] parts = new int[6];
    for (int i = 0; i < 6; i++) {
      int from = i == 0 ? 0 : years + 2 * (i - 1);
      int to = i == 0 ? years : from + 2;
      for (int c = from; c < to; c++) {
        int digit = Character.digit(text.charAt(c), 10);
        if (digit < 0) {
          return Long.MIN_VALUE;
        }
        parts[i] = parts[i] * 10 + digit;
      }
    }
    int year = years == 4 ? parts[0] : parts[0] < 50 ? 2000 + parts[0] : 1900 + parts[0];
    if (year < 1700 || year > 2250) {
      return Long.MIN_VALUE;
    }
    try {
      return LocalDateTime.of(year, parts[1], parts[2], parts[3], parts[4], parts[5])
              .toEpochSecond(ZoneOffset.UTC)
          * 1_000_000_000L;
    } catch (DateTimeException e) {
      return Long.MIN_VALUE;
    }
  }
}
