package metron.server.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import metron.storage.SettingsStore;

/// Cursors that only this server can make: where the next page starts, with the question that it belongs to.
///
/// Form: base64url of mac[16] (HMAC-SHA-256, cut) and the parts, each UTF-8 and ended by a zero byte. The stores thus
/// never see a cursor that somebody wrote by hand, and a page never continues another question. The key is kept beside the
/// accounts, so that an open page of the console goes on after a restart.
public final class Cursors {
  private static final int MAC = 16;
  private static final int LONGEST = 8192;
  private static final int KEY_LENGTH = 32;
  private static final String KEY = "server.cursor-key";
  private static final byte[] NONE = {};

  private final SecretKeySpec key;

  /// @param settings where the key is kept; the first start makes one
  public Cursors(SettingsStore settings) {
    byte[] kept = settings.get(SettingsStore.SHARED, KEY).map(Cursors::decoded).orElse(NONE);
    if (kept.length != KEY_LENGTH) {
      kept = new byte[KEY_LENGTH];
      new SecureRandom().nextBytes(kept);
      settings.put(SettingsStore.SHARED, KEY, Base64.getEncoder().encodeToString(kept));
    }
    key = new SecretKeySpec(kept, "HmacSHA256");
  }

  private static byte[] decoded(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      // A spoilt key only ends the pages that are open: a new one takes its place.
      return NONE;
    }
  }

  /// @param question what the page belongs to
  /// @param parts without zero characters
  public String write(String question, List<String> parts) {
    byte[] payload = (String.join("\0", parts) + "\0").getBytes(StandardCharsets.UTF_8);
    byte[] out = Arrays.copyOf(mac(question, payload), MAC + payload.length);
    System.arraycopy(payload, 0, out, MAC, payload.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(out);
  }

  /// @return the parts, as written
  /// @throws ProblemException 400, if the cursor is not one that [#write] gave for this question
  public List<String> read(String question, String cursor) {
    if (cursor.length() > LONGEST) {
      throw refused();
    }
    byte[] in;
    try {
      in = Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException e) {
      throw refused();
    }
    if (in.length <= MAC) {
      throw refused();
    }
    byte[] payload = Arrays.copyOfRange(in, MAC, in.length);
    byte[] expected = Arrays.copyOf(mac(question, payload), MAC);
    if (!MessageDigest.isEqual(expected, Arrays.copyOf(in, MAC))) {
      throw refused();
    }
    String text = new String(payload, 0, payload.length - 1, StandardCharsets.UTF_8);
    return List.of(text.split("\0", -1));
  }

  private static ProblemException refused() {
    return Problem.of(
            400,
            "cursor",
            "The cursor is not valid",
            "the cursor is not one that this server gave for this question: leave it out to begin at the"
                + " first page")
        .exception();
  }

  private byte[] mac(String question, byte[] payload) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      byte[] q = question.getBytes(StandardCharsets.UTF_8);
      mac.update(
          new byte[] {
            (byte) (q.length >> 24),
            (byte) (q.length >> 16),
            (byte) (q.length >> 8),
            (byte) q.length
          });
      mac.update(q);
      return mac.doFinal(payload);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "this Java has no HMAC-SHA-256, which every Java must have", e);
    }
  }
}
