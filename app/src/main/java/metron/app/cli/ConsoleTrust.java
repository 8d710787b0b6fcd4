package metron.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Iterator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// Trust in the one certificate that a data directory's own configuration names, whoever signed it and whatever host it is for:
/// the local commands speak to that console over loopback, and know its certificate from the same disk as its token.
final class ConsoleTrust extends X509ExtendedTrustManager {
  private final Certificate known;
  private final Path file;

  private ConsoleTrust(Certificate known, Path file) {
    this.known = known;
    this.file = file;
  }

  /// @param file PEM; its first certificate is the console's
  /// @throws IOException if it cannot be read or is no certificate
  static SSLContext of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      Iterator<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in).iterator();
      if (!found.hasNext()) {
        throw new IOException(file + " has no certificate, expected PEM");
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new ConsoleTrust(found.next(), file)}, null);
      return context;
    } catch (CertificateException e) {
      throw new IOException(file + " is no certificate, expected PEM: " + e.getMessage(), e);
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS can't be used: " + e.getMessage(), e);
    }
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    if (chain.length == 0 || !chain[0].equals(known)) {
      throw new CertificateException(
          "the console shows another certificate than "
              + file
              + ": if it was renewed, restart Metron");
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw new CertificateException("a command is no server");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("a command is no server");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("a command is no server");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
