package metron.pipeline.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// The certificate and key of a TLS port, as PEM files.
///
/// @param certificate the chain, our own first
/// @param key PKCS #8, not encrypted: `-----BEGIN PRIVATE KEY-----`
/// @param clientCertificates authorities of client certificates; null: clients need none
public record TlsFiles(Path certificate, Path key, @Nullable Path clientCertificates) {
  private static final String[] ALGORITHMS = {"RSA", "EC", "Ed25519"};
  private static final char[] NO_PASSWORD = new char[0];

  /// @throws IOException if a file is missing or is not what it should be, naming it
  SSLContext context() throws IOException {
    try {
      KeyStore own = KeyStore.getInstance("PKCS12");
      own.load(null, NO_PASSWORD);
      own.setKeyEntry(
          "metron",
          privateKey(),
          NO_PASSWORD,
          certificates(certificate).toArray(Certificate[]::new));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(own, NO_PASSWORD);
      TrustManager @Nullable [] trust = null;
      if (clientCertificates != null) {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, NO_PASSWORD);
        int n = 0;
        for (Certificate c : certificates(clientCertificates)) {
          trusted.setCertificateEntry("authority-" + n++, c);
        }
        TrustManagerFactory factory =
            TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        trust = factory.getTrustManagers();
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(
          certificate + " and " + key + " do not make a TLS port: " + e.getMessage(), e);
    }
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) {
        throw new IOException(file + " has no certificate, expected -----BEGIN CERTIFICATE-----");
      }
      return found;
    }
  }

  private PrivateKey privateKey() throws IOException, GeneralSecurityException {
    String text = Files.readString(key, StandardCharsets.US_ASCII);
    int from = text.indexOf("-----BEGIN PRIVATE KEY-----");
    int to = text.indexOf("-----END PRIVATE KEY-----");
    if (from < 0 || to < from) {
      throw new IOException(
          key
              + " has no -----BEGIN PRIVATE KEY-----; convert it with"
              + " 'openssl pkcs8 -topk8 -nocrypt -in old.key -out new.key'");
    }
    byte[] der =
        Base64.getMimeDecoder()
            .decode(text.substring(from + "-----BEGIN PRIVATE KEY-----".length(), to));
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(der);
    InvalidKeySpecException last = new InvalidKeySpecException("no algorithm fits");
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException e) {
        last = e;
      }
    }
    throw last;
  }
}
