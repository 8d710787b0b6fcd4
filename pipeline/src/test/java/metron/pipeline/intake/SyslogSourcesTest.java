package metron.pipeline.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static metron.pipeline.intake.MemoryLog.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import metron.event.Cidr;
import metron.event.RawMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SyslogSourcesTest {
  private static final String LINE = "<13>Oct 11 22:14:15 host app: hello";

  private final MemoryLog log = new MemoryLog();
  private final PatientLog patient = new PatientLog(log);

  @Test
  void aDatagramIsARecordOfItsSender() throws Exception {
    try (SyslogUdp udp = new SyslogUdp(config(List.of(), 10), patient, InstantSource.system());
        DatagramSocket socket = new DatagramSocket()) {
      byte[] bytes = (LINE + "\n").getBytes(UTF_8);
      socket.send(new DatagramPacket(bytes, bytes.length, loopback(udp.port())));
      assertThat(log.await(1)).containsExactly(LINE);
      assertThat(log.entries.getFirst().sensor()).isEqualTo("syslog");
      assertThat(log.entries.getFirst().metadata())
          .containsEntry(RawMessage.SOURCE_ADDRESS, "127.0.0.1");
      assertThat(udp.status().records()).isEqualTo(1);
      assertThat(udp.status().dropped()).isZero();
    }
  }

  @Test
  void routesGoByTextAndByAddress() throws Exception {
    List<Route> routes =
        List.of(
            new Route(Cidr.parse("10.0.0.0/8").orElseThrow(), null, "squid"),
            new Route(null, "%ASA-", "asa"));
    try (SyslogTcp tcp = new SyslogTcp(config(routes, 10), null, patient, InstantSource.system());
        Socket socket = connect(tcp.port())) {
      socket.getOutputStream().write("<166>%ASA-6-302013: Built\n<13>other\n".getBytes(UTF_8));
      log.await(2);
      assertThat(log.entries).extracting(MemoryLog.Entry::sensor).containsExactly("asa", "syslog");
    }
  }

  @Test
  void aLogThatIsAwayForAWhileLosesNothing() throws Exception {
    log.refusing = true;
    try (SyslogTcp tcp =
            new SyslogTcp(config(List.of(), 10), null, patient, InstantSource.system());
        Socket socket = connect(tcp.port())) {
      socket.getOutputStream().write("<13>one\n<13>two\n".getBytes(UTF_8));
      awaitThat(() -> tcp.status().problem() != null);
      assertThat(tcp.status().problem()).contains("the disk is full");
      log.refusing = false;
      assertThat(log.await(2)).containsExactly("<13>one", "<13>two");
      awaitThat(() -> tcp.status().problem() == null);
      assertThat(tcp.status().problem()).isNull();
      assertThat(tcp.status().rejected()).isZero();
    }
  }

  @Test
  void aConnectionAboveTheLimitIsClosedAndCounted() throws Exception {
    try (SyslogTcp tcp =
            new SyslogTcp(config(List.of(), 1), null, patient, InstantSource.system());
        Socket first = connect(tcp.port())) {
      awaitThat(() -> tcp.status().connections() == 1);
      try (Socket second = connect(tcp.port())) {
        assertThat(second.getInputStream().read()).isEqualTo(-1);
      }
      assertThat(tcp.status().rejected()).isEqualTo(1);
      first.getOutputStream().write((LINE + "\n").getBytes(UTF_8));
      log.await(1);
    }
  }

  @Test
  void aSilentConnectionIsClosed() throws Exception {
    IntakeConfig.Syslog impatient =
        new IntakeConfig.Syslog(
            "127.0.0.1", 0, "syslog", List.of(), 1024, Duration.ofMillis(50), 10, null);
    try (SyslogTcp tcp = new SyslogTcp(impatient, null, patient, InstantSource.system());
        Socket socket = connect(tcp.port())) {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
      awaitThat(() -> tcp.status().connections() == 0);
      assertThat(tcp.status().connections()).isZero();
    }
  }

  @Test
  void aPortInUseIsExplained() throws Exception {
    try (SyslogTcp tcp =
        new SyslogTcp(config(List.of(), 10), null, patient, InstantSource.system())) {
      IntakeConfig.Syslog same =
          new IntakeConfig.Syslog(
              "127.0.0.1", tcp.port(), "syslog", List.of(), 1024, Duration.ofMinutes(1), 10, null);
      assertThatThrownBy(() -> new SyslogTcp(same, null, patient, InstantSource.system()))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "tcp port "
                  + tcp.port()
                  + " on 127.0.0.1 is in use by another program: stop it, or set another port");
    }
  }

  @Test
  void speaksTls(@TempDir Path folder) throws Exception {
    KeyStore store = keyStore(folder);
    Path certificate = folder.resolve("cert.pem");
    Path key = folder.resolve("key.pem");
    java.nio.file.Files.writeString(
        certificate, pem("CERTIFICATE", store.getCertificate("metron").getEncoded()));
    java.nio.file.Files.writeString(
        key, pem("PRIVATE KEY", store.getKey("metron", "secret".toCharArray()).getEncoded()));
    IntakeConfig.Syslog config =
        new IntakeConfig.Syslog(
            "127.0.0.1",
            0,
            "syslog",
            List.of(),
            1024,
            Duration.ofMinutes(1),
            10,
            new TlsFiles(certificate, key, null));
    try (SyslogTcp tls =
            new SyslogTcp(config, config.tls().context(), patient, InstantSource.system());
        Socket socket = trusting(store).getSocketFactory().createSocket("127.0.0.1", tls.port())) {
      socket.getOutputStream().write((LINE.length() + " " + LINE).getBytes(UTF_8));
      assertThat(log.await(1)).containsExactly(LINE);
      assertThat(tls.status().name()).startsWith("syslog-tls:");
    }
  }

  @Test
  void saysWhichFileIsNoKey(@TempDir Path folder) throws Exception {
    Path wrong = java.nio.file.Files.writeString(folder.resolve("key.pem"), "nothing");
    assertThatThrownBy(() -> new TlsFiles(wrong, wrong, null).context())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("key.pem");
  }

  private static IntakeConfig.Syslog config(List<Route> routes, int connections) {
    return new IntakeConfig.Syslog(
        "127.0.0.1", 0, "syslog", routes, 64 << 10, Duration.ofMinutes(1), connections, null);
  }

  private static InetSocketAddress loopback(int port) throws IOException {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket();
    socket.connect(loopback(port));
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static String pem(String what, byte[] der) {
    return "-----BEGIN "
        + what
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + what
        + "-----\n";
  }

  private static KeyStore keyStore(Path folder) throws Exception {
    Path file = folder.resolve("test.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "metron",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                "secret",
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    try (InputStream out = keytool.getInputStream()) {
      String said = new String(out.readAllBytes(), UTF_8);
      assertThat(keytool.waitFor()).as(said).isZero();
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = java.nio.file.Files.newInputStream(file)) {
      store.load(in, "secret".toCharArray());
    }
    return store;
  }

  private static SSLContext trusting(KeyStore store) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("metron", store.getCertificate("metron"));
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }
}
