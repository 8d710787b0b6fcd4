package metron.pipeline.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static metron.pipeline.intake.MemoryLog.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import metron.event.Cidr;
import metron.event.RawMessage;
import metron.pipeline.kafka.RawRecords;
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
  void aFullLogSlowsATcpSenderDownAndLosesNothing() throws Exception {
    int lines = 200_000;
    String line = "<13>" + "x".repeat(100) + " ";
    Runnable open = log.full();
    AtomicLong written = new AtomicLong();
    try (SyslogTcp tcp =
            new SyslogTcp(config(List.of(), 10), null, patient, InstantSource.system());
        Socket socket = connect(tcp.port())) {
      Thread sender =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      OutputStream out = socket.getOutputStream();
                      for (int i = 0; i < lines; i++) {
                        out.write((line + i + "\n").getBytes(UTF_8));
                        written.incrementAndGet();
                      }
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  });
      // Until the buffers of both ends are full; then it stands still.
      long before = -1;
      while (written.get() != before) {
        before = written.get();
        Thread.sleep(300);
      }
      assertThat(written.get()).isLessThan(lines);
      open.run();
      sender.join();
      assertThat(log.await(lines)).endsWith(line + (lines - 1));
      assertThat(tcp.status().rejected()).isZero();
    }
  }

  @Test
  void datagramsThatTheKernelDroppedAreCounted() throws Exception {
    int sent = 200_000;
    Runnable open = log.full();
    try (SyslogUdp udp = new SyslogUdp(config(List.of(), 10), patient, InstantSource.system());
        DatagramSocket socket = new DatagramSocket()) {
      byte[] bytes = ("<13>" + "x".repeat(200)).getBytes(UTF_8);
      for (int i = 0; i < sent; i++) {
        socket.send(new DatagramPacket(bytes, bytes.length, loopback(udp.port())));
      }
      open.run();
      awaitThat(() -> udp.status().records() + udp.status().dropped() == sent);
      assertThat(udp.status().dropped()).isPositive();
      assertThat(udp.status().records() + udp.status().dropped()).isEqualTo(sent);
    }
  }

  @Test
  void aFrameWithoutEndIsCutAndKeepsNobodyWaiting() throws Exception {
    try (SyslogTcp tcp =
            new SyslogTcp(config(List.of(), 10), null, patient, InstantSource.system());
        Socket endless = connect(tcp.port());
        Socket counted = connect(tcp.port());
        Socket good = connect(tcp.port())) {
      byte[] junk = "x".repeat(1 << 20).getBytes(UTF_8);
      counted.getOutputStream().write("999999999 <13>".getBytes(UTF_8));
      for (int i = 0; i < 8; i++) {
        endless.getOutputStream().write(junk);
        counted.getOutputStream().write(junk);
      }
      good.getOutputStream().write((LINE + "\n").getBytes(UTF_8));
      assertThat(log.await(1)).containsExactly(LINE);
      endless.shutdownOutput();
      counted.shutdownOutput();
      awaitThat(() -> tcp.status().connections() == 1 && log.entries.size() == 2);
      MemoryLog.Entry cut = log.entries.getLast();
      assertThat(cut.bytes()).hasSize(64 << 10);
      assertThat(cut.metadata()).containsEntry(RawRecords.OVERSIZE, String.valueOf(8 << 20));
      // The counted one ended within its message: told, not taken for whole.
      assertThat(tcp.status().rejected()).isEqualTo(1);
    }
  }

  @Test
  void aClientWithoutTheRightCertificateIsTurnedAway(@TempDir Path folder) throws Exception {
    KeyStore server = keyStore(Files.createDirectory(folder.resolve("server")));
    KeyStore known = keyStore(Files.createDirectory(folder.resolve("known")));
    KeyStore stranger = keyStore(Files.createDirectory(folder.resolve("stranger")));
    Path certificate = folder.resolve("cert.pem");
    Path key = folder.resolve("key.pem");
    Path clients = folder.resolve("clients.pem");
    Files.writeString(
        certificate, pem("CERTIFICATE", server.getCertificate("metron").getEncoded()));
    Files.writeString(
        key, pem("PRIVATE KEY", server.getKey("metron", "secret".toCharArray()).getEncoded()));
    Files.writeString(clients, pem("CERTIFICATE", known.getCertificate("metron").getEncoded()));
    TlsFiles files = new TlsFiles(certificate, key, clients);
    IntakeConfig.Syslog config =
        new IntakeConfig.Syslog(
            "127.0.0.1", 0, "syslog", List.of(), 1024, Duration.ofMinutes(1), 10, files);
    try (SyslogTcp tls = new SyslogTcp(config, files.context(), patient, InstantSource.system())) {
      sendOverTls(trusting(server, known), tls.port(), LINE + "\n");
      assertThat(log.await(1)).containsExactly(LINE);
      sendOverTls(trusting(server, stranger), tls.port(), "<13>stranger\n");
      awaitThat(() -> tls.status().rejected() == 1);
      sendOverTls(trusting(server), tls.port(), "<13>nobody\n");
      awaitThat(() -> tls.status().rejected() == 2);
      try (Socket plain = connect(tls.port())) {
        plain.getOutputStream().write("<13>plain\n".getBytes(UTF_8));
        awaitThat(() -> tls.status().rejected() == 3);
      }
      assertThat(tls.status().rejected()).isEqualTo(3);
      assertThat(log.texts()).containsExactly(LINE);
    }
  }

  // With TLS 1.3 a client learns that it was turned away when it reads.
  private static void sendOverTls(SSLContext context, int port, String text) throws IOException {
    try (Socket socket = context.getSocketFactory().createSocket("127.0.0.1", port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(text.getBytes(UTF_8));
      socket.shutdownOutput();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    } catch (SSLException | SocketException turnedAway) {
      assertThat(turnedAway).hasMessageMatching("(?i).*(certificate|closed|reset|abort|pipe).*");
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
    Files.writeString(certificate, pem("CERTIFICATE", store.getCertificate("metron").getEncoded()));
    Files.writeString(
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
    Path wrong = Files.writeString(folder.resolve("key.pem"), "nothing");
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
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, "secret".toCharArray());
    }
    return store;
  }

  private static SSLContext trusting(KeyStore server, KeyStore own) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, "secret".toCharArray());
    return context(server, keys.getKeyManagers());
  }

  private static SSLContext trusting(KeyStore store) throws Exception {
    return context(store, null);
  }

  private static SSLContext context(KeyStore store, KeyManager[] own) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("metron", store.getCertificate("metron"));
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own, factory.getTrustManagers(), null);
    return context;
  }
}
