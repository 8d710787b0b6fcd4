package metron.pipeline.intake;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import metron.event.RawMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Syslog over UDP (RFC 5426): one datagram, one record.
///
/// UDP has no way to slow a sender down. While the log is full this source takes nothing, the kernel's buffer fills, and
/// what the kernel then drops is read back from `/proc/net/udp` and shown as dropped.
final class SyslogUdp implements Source {
  private static final Logger LOG = LoggerFactory.getLogger(SyslogUdp.class);
  private static final int LARGEST_DATAGRAM = 65_535;
  // Asked for, the kernel gives up to net.core.rmem_max: some 25,000 messages while a batch is
  // being written.
  private static final int WANTED_BUFFER = 8 << 20;

  private final IntakeConfig.Syslog config;
  private final PatientLog log;
  private final InstantSource clock;
  private final DatagramSocket socket;
  private final SourceCounters counters = new SourceCounters();
  private final Thread thread;

  SyslogUdp(IntakeConfig.Syslog config, PatientLog log, InstantSource clock) throws IOException {
    this.config = config;
    this.log = log;
    this.clock = clock;
    this.socket = Ports.bind(config.address(), config.port(), "udp", SyslogUdp::open);
    this.thread = Thread.ofPlatform().name(name()).daemon().start(this::run);
  }

  private static DatagramSocket open(InetSocketAddress at) throws IOException {
    DatagramSocket socket = new DatagramSocket(null);
    try {
      socket.setReceiveBufferSize(WANTED_BUFFER);
      socket.bind(at);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  int port() {
    return socket.getLocalPort();
  }

  private String name() {
    return "syslog-udp:" + port();
  }

  private void run() {
    byte[] buffer = new byte[LARGEST_DATAGRAM];
    DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
    while (!socket.isClosed()) {
      try {
        packet.setLength(buffer.length);
        socket.receive(packet);
        take(packet);
      } catch (SocketException e) {
        if (!socket.isClosed()) {
          LOG.warn("{}: {}", name(), e.getMessage());
        }
      } catch (IOException e) {
        counters.problem(e.getMessage());
        LOG.warn("{}: {}", name(), e.getMessage());
      }
    }
  }

  private void take(DatagramPacket packet) throws IOException {
    int end = packet.getLength();
    byte[] data = packet.getData();
    while (end > 0 && (data[end - 1] == '\n' || data[end - 1] == '\r' || data[end - 1] == 0)) {
      end--;
    }
    if (end == 0) {
      return;
    }
    byte[] record = Arrays.copyOf(data, end);
    InetAddress sender = packet.getAddress();
    String sensor = Route.sensor(config.routes(), sender, record, config.sensor());
    log.append(
        sensor,
        clock.instant(),
        record,
        Map.of(RawMessage.SOURCE_ADDRESS, sender.getHostAddress()),
        counters);
  }

  @Override
  public SourceStatus status() {
    return counters.status(name(), config.address() + ":" + port() + "/udp", kernelDrops(port()));
  }

  /// Datagrams that the kernel dropped on the sockets of a port since they were opened; 0 where it does not tell (no Linux).
  static long kernelDrops(int port) {
    long drops = 0;
    String suffix = String.format(Locale.ROOT, ":%04X", port);
    for (String table : new String[] {"/proc/net/udp", "/proc/net/udp6"}) {
      Path file = Path.of(table);
      if (!Files.isReadable(file)) {
        continue;
      }
      try {
        for (String line : Files.readAllLines(file)) {
          String[] columns = line.strip().split("\\s+");
          if (columns.length >= 13 && columns[1].endsWith(suffix)) {
            drops += Long.parseLong(columns[columns.length - 1]);
          }
        }
      } catch (IOException | NumberFormatException e) {
        LOG.debug("cannot read {}: {}", table, e.getMessage());
      }
    }
    return drops;
  }

  @Override
  public void close() {
    socket.close();
    Threads.join(thread);
  }
}
