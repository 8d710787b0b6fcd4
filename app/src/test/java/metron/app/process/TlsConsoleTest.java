package metron.app.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import metron.testing.process.Product;
import metron.testing.process.StartedMetron;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// The console with a certificate: what a browser and the local commands see.
class TlsConsoleTest {
  private static final Duration READY = Duration.ofMinutes(3);
  private static final char[] SECRET = "secret".toCharArray();

  @TempDir private Path folder;

  @Test
  void theConsoleAndTheCommandsSpeakTls() throws Exception {
    Path data = folder.resolve("data");
    Files.createDirectories(data.resolve("conf"));
    KeyStore made = certificate();
    pem("CERTIFICATE", made.getCertificate("metron").getEncoded(), "console.crt", data);
    Key key = made.getKey("metron", SECRET);
    pem("PRIVATE KEY", key.getEncoded(), "console.key", data);
    Product product = Product.of(home(), data, Product.Ports.free());
    Files.writeString(
        data.resolve("conf/metron.yaml"),
        """
        console:
          port: %d
          tls:
            certificate: console.crt
            key: console.key
        """
            .formatted(product.ports().http()));
    try (StartedMetron metron = product.start()) {
      metron.awaitReady(READY).close();
      String console = "https://127.0.0.1:" + product.ports().http();
      assertThat(metron.said()).contains("Console    " + console);
      try (HttpClient browser = HttpClient.newBuilder().sslContext(trusting(made)).build()) {
        HttpResponse<String> page = get(browser, console + "/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
        assertThat(page.headers().firstValue("Strict-Transport-Security"))
            .hasValueSatisfying(h -> assertThat(h).contains("max-age=31536000"));
        HttpResponse<String> signedIn = signIn(browser, console, password(metron.said()));
        assertThat(signedIn.statusCode()).as(signedIn.body()).isEqualTo(200);
        assertThat(signedIn.headers().allValues("Set-Cookie"))
            .hasSize(2)
            .allSatisfy(c -> assertThat(c).contains("Secure").contains("SameSite=Strict"));
      }
      try (HttpClient stranger = HttpClient.newHttpClient()) {
        assertThatExceptionOfType(SSLHandshakeException.class)
            .as("a certificate that nobody vouches for")
            .isThrownBy(() -> get(stranger, console + "/"));
      }
      // The certificate stands for no name that the commands use; they know it from the disk.
      Product.Run status = product.run("status");
      assertThat(status.exit()).as(status.toString()).isZero();
      assertThat(status.out()).startsWith("ok, " + console);
      Product.Run search = product.run("search", "event.kind:alert", "--json");
      assertThat(search.exit()).as(search.toString()).isZero();
      assertThat(metron.terminate()).isZero();
    }
  }

  @Test
  void aCertificateThatIsNoneIsNamedBeforeAnythingStarts() throws Exception {
    Path data = folder.resolve("data");
    Files.createDirectories(data.resolve("conf"));
    Files.writeString(data.resolve("conf/console.crt"), "not a certificate\n");
    Files.writeString(data.resolve("conf/console.key"), "not a key\n");
    Files.writeString(
        data.resolve("conf/metron.yaml"),
        "console: {tls: {certificate: console.crt, key: console.key}}\n");
    Product product = Product.of(home(), data, Product.Ports.free());
    Product.Run start = product.run("start");
    assertThat(start.exit()).isEqualTo(1);
    assertThat(start.err().lines().toList())
        .singleElement()
        .satisfies(said -> assertThat(said).contains("console.crt"));
    assertThat(start.err()).doesNotContain("Exception");
  }

  private static Path home() {
    return Path.of(System.getProperty("metron.home")).toAbsolutePath().normalize();
  }

  private static String password(String said) {
    Matcher password = Pattern.compile("Password +(\\S+)").matcher(said);
    assertThat(password.find()).as(said).isTrue();
    return password.group(1);
  }

  private static HttpResponse<String> signIn(HttpClient browser, String console, String password)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(console + "/api/v1/session"))
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    JsonMapper.shared()
                        .createObjectNode()
                        .put("username", "admin")
                        .put("password", password)
                        .toString()))
            .build();
    return browser.send(request, BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(HttpClient client, String address) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
  }

  private static void pem(String what, byte[] der, String file, Path data) throws Exception {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Files.writeString(
        data.resolve("conf").resolve(file),
        "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
  }

  private KeyStore certificate() throws Exception {
    Path file = folder.resolve("made.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "metron",
                "-keyalg",
                "EC",
                "-dname",
                "CN=console.example",
                "-ext",
                "SAN=ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(SECRET),
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    try (InputStream out = keytool.getInputStream()) {
      String said = new String(out.readAllBytes(), UTF_8);
      assertThat(keytool.waitFor()).as(said).isZero();
    }
    return KeyStore.getInstance(file.toFile(), SECRET);
  }

  private static SSLContext trusting(KeyStore made) throws Exception {
    Certificate certificate = made.getCertificate("metron");
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("metron", certificate);
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }
}
