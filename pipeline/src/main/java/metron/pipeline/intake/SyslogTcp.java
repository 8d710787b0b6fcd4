package metron.pipeline.intake;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import metron.event.RawMessage;
import metron.pipeline.kafka.RawRecords;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Syslog over TCP (RFC 6587) and over TLS (RFC 5425): a virtual thread for each connection.
///
/// A full log blocks the thread, which stops reading, which closes the sender's TCP window: the sender is slowed down and
/// nothing is lost. A connection that is silent longer than the idle time is closed; above the limit of connections a new
/// one is closed at once and counted.
final class SyslogTcp implements Source {
  private static final Logger LOG = LoggerFactory.getLogger(SyslogTcp.class);
  private static final int BACKLOG = 128;

  private final IntakeConfig.Syslog config;
  private final PatientLog log;
  private final InstantSource clock;
  private final ServerSocket server;
  private final SourceCounters counters = new SourceCounters();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Thread thread;

  /// @param tls null: plain TCP
  SyslogTcp(
      IntakeConfig.Syslog config, @Nullable SSLContext tls, PatientLog log, InstantSource clock)
      throws IOException {
    this.config = config;
    this.log = log;
    this.clock = clock;
    this.server =
        Ports.bind(
            config.address(),
            config.port(),
            "tcp",
            at -> {
              ServerSocket s =
                  tls == null
                      ? new ServerSocket()
                      : tls.getServerSocketFactory().createServerSocket();
              try {
                s.setReuseAddress(true);
                s.bind(at, BACKLOG);
                return s;
              } catch (IOException e) {
                s.close();
                throw e;
              }
            });
    if (server instanceof SSLServerSocket s) {
      s.setNeedClientAuth(config.tls() != null && config.tls().clientCertificates() != null);
    }
    this.thread = Thread.ofPlatform().name(name()).daemon().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  private String name() {
    return (config.tls() == null ? "syslog-tcp:" : "syslog-tls:") + port();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        if (open.size() >= config.connections()) {
          counters.rejected.increment();
          LOG.warn(
              "{}: connection from {} closed, {} are open and the limit is {}",
              name(),
              socket.getInetAddress().getHostAddress(),
              open.size(),
              config.connections());
          socket.close();
          continue;
        }
        open.add(socket);
        counters.connections.incrementAndGet();
        Thread.ofVirtual().name(name()).start(() -> serve(socket));
      } catch (IOException e) {
        if (!server.isClosed()) {
          LOG.warn("{}: {}", name(), e.getMessage());
        }
      }
    }
  }

  private void serve(Socket socket) {
    InetAddress sender = socket.getInetAddress();
    try (socket) {
      socket.setSoTimeout((int) Math.min(Integer.MAX_VALUE, config.idle().toMillis()));
      SyslogFraming framing = new SyslogFraming(socket.getInputStream(), config.maximum());
      for (SyslogFraming.Frame frame = framing.next(); frame != null; frame = framing.next()) {
        take(frame, sender);
      }
    } catch (SocketTimeoutException e) {
      LOG.info("{}: {} was silent for {}, closed", name(), sender.getHostAddress(), config.idle());
    } catch (IOException e) {
      if (!server.isClosed()) {
        counters.rejected.increment();
        LOG.warn("{}: {}: {}", name(), sender.getHostAddress(), e.getMessage());
      }
    } finally {
      open.remove(socket);
      counters.connections.decrementAndGet();
    }
  }

  private void take(SyslogFraming.Frame frame, InetAddress sender) {
    byte[] record = frame.bytes();
    String address = sender.getHostAddress();
    Map<String, String> metadata =
        frame.cut()
            ? Map.of(
                RawMessage.SOURCE_ADDRESS,
                address,
                RawRecords.OVERSIZE,
                Long.toString(frame.length()))
            : Map.of(RawMessage.SOURCE_ADDRESS, address);
    String sensor = Route.sensor(config.routes(), sender, record, config.sensor());
    log.append(sensor, clock.instant(), record, metadata, counters);
  }

  @Override
  public SourceStatus status() {
    String protocol = config.tls() == null ? "/tcp" : "/tls";
    return counters.status(name(), config.address() + ":" + port() + protocol, 0);
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      LOG.debug("{}: {}", name(), e.getMessage());
    }
    Threads.join(thread);
  }
}
