package metron.server.account;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Random values that open something, and the hashes under which they are kept.
final class Secrets {
  private static final SecureRandom RANDOM = new SecureRandom();
  // Without 0 O 1 l I, which people who type the first password mistake for each other.
  private static final String LETTERS = "23456789abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ";

  private Secrets() {}

  /// 256 random bits, base64url: 43 characters.
  static String random() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// 24 characters to be typed once, 139 bits, in groups of six.
  static String oneTimePassword() {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < 24; i++) {
      if (i > 0 && i % 6 == 0) {
        out.append('-');
      }
      out.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
    }
    return out.toString();
  }

  static String shortId() {
    byte[] bytes = new byte[9];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// SHA-256, lower-case hex. Enough for values of 256 random bits; passwords go through Argon2id.
  static String hash(String secret) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no SHA-256, which every Java must have", e);
    }
  }

  /// The CSRF token that belongs to a session: derived, so that it is bound to the session and nothing has to be kept.
  static String csrfToken(String sessionId) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(sessionId.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] token = mac.doFinal("XSRF-TOKEN".getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "this Java has no HMAC-SHA-256, which every Java must have", e);
    }
  }
}
