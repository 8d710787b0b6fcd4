package metron.packets.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/// The key under which segments are sealed: 32 bytes, or 64 hexadecimal digits, in a file.
///
/// Each file has its own key, HKDF-SHA-256 (RFC 5869) of this one with the file's random salt, so that a counter is a safe
/// nonce and no number of segments wears the key out.
public final class SegmentKey {
  static final int SALT = 32;
  static final int TAG = 16;

  private final byte[] bytes;

  private SegmentKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /// @throws IOException if the file cannot be read or holds no key
  public static SegmentKey read(Path file) throws IOException {
    if (Files.size(file) > 1024) {
      throw new IOException(
          "key file " + file + " has " + Files.size(file) + " bytes, expected 32");
    }
    byte[] content = Files.readAllBytes(file);
    if (content.length == 32) {
      return new SegmentKey(content);
    }
    String hex = new String(content, StandardCharsets.ISO_8859_1).strip();
    if (hex.matches("[0-9a-fA-F]{64}")) {
      return new SegmentKey(HexFormat.of().parseHex(hex));
    }
    throw new IOException(
        "key file "
            + file
            + " has "
            + content.length
            + " bytes, expected 32 bytes or 64 hexadecimal digits; 'openssl rand -hex 32' makes them");
  }

  /// The key of one file.
  SecretKey of(byte[] salt) throws GeneralSecurityException {
    return KDF.getInstance("HKDF-SHA256")
        .deriveKey(
            "AES",
            HKDFParameterSpec.ofExtract()
                .addIKM(bytes)
                .addSalt(salt)
                .thenExpand("metron packets 1".getBytes(StandardCharsets.US_ASCII), 32));
  }

  /// Seals or opens record `number` of a file.
  static byte[] crypt(int mode, SecretKey key, long number, byte[] head, byte[] data, int length)
      throws GeneralSecurityException {
    byte[] nonce = new byte[12];
    for (int i = 0; i < 8; i++) {
      nonce[11 - i] = (byte) (number >>> (8 * i));
    }
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(8 * TAG, nonce));
    cipher.updateAAD(head);
    return cipher.doFinal(data, 0, length);
  }
}
