package metron.pipeline.kafka.embedded;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One Kafka node that is broker and controller (KRaft), on the loopback address, with its data in a directory. It is a
/// whole broker: the data stays over restarts and `kill -9`, and any Kafka client may connect while it runs.
///
/// Sized for a laptop: few threads, small log cleaner buffers, internal topics of one partition.
public final class EmbeddedBroker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int NODE = 1;

  private final KafkaRaftServer server;
  private final int port;

  private EmbeddedBroker(KafkaRaftServer server, int port) {
    this.server = server;
    this.port = port;
  }

  /// Starts and returns when the broker answers.
  ///
  /// @param directory made when missing; used by one process at a time
  /// @param port loopback port for clients; 0 takes a free one
  /// @throws IOException in one sentence: the port is taken, the directory is in use or can't be written
  public static EmbeddedBroker start(Path directory, int port)
      throws IOException, InterruptedException {
    Files.createDirectories(directory);
    int clients;
    int controller;
    // Both sockets open at once, or the kernel may hand out the same port twice.
    try (ServerSocket one = bound(port);
        ServerSocket two = bound(0)) {
      clients = one.getLocalPort();
      // The quorum is this process alone, so its port may be another one at each start.
      controller = two.getLocalPort();
    }
    long begin = System.nanoTime();
    KafkaRaftServer server;
    try {
      format(directory);
      server =
          new KafkaRaftServer(
              new KafkaConfig(config(directory, clients, controller), false), Time.SYSTEM);
    } catch (IOException | RuntimeException e) {
      throw new IOException(
          "the broker can't use directory " + directory + ": " + e.getMessage(), e);
    }
    try {
      server.startup();
      EmbeddedBroker broker = new EmbeddedBroker(server, clients);
      broker.awaitAnswer();
      LOG.info(
          "broker listens on {}, data in {}, started in {} ms",
          broker.address(),
          directory,
          Duration.ofNanos(System.nanoTime() - begin).toMillis());
      return broker;
    } catch (IOException | RuntimeException e) {
      server.shutdown();
      throw new IOException("the broker can't start: " + e.getMessage(), e);
    }
  }

  /// What clients connect to: `127.0.0.1:port`.
  public String address() {
    return "127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  /// Stops cleanly; the next start has nothing to recover.
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  private void awaitAnswer() throws IOException, InterruptedException {
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, address()))) {
      admin.describeCluster().nodes().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(
          "no answer on " + address() + " within " + PATIENCE.toSeconds() + " s", e);
    }
  }

  private static void format(Path directory) throws IOException {
    if (Files.exists(directory.resolve("meta.properties"))) {
      return;
    }
    try {
      new Formatter()
          .setNodeId(NODE)
          .setClusterId(Uuid.randomUuid().toString())
          .setReleaseVersion(MetadataVersion.latestProduction())
          .setControllerListenerName("CONTROLLER")
          .setMetadataLogDirectory(directory.toString())
          .addDirectory(directory.toString())
          .setIgnoreFormatted(true)
          .setPrintStream(new PrintStream(PrintStream.nullOutputStream()))
          .run();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      // The formatter declares Exception; what it throws is one of the above or a fault of ours.
      throw new IOException(e.getMessage(), e);
    }
  }

  private static Map<String, Object> config(Path directory, int port, int controller) {
    Map<String, Object> c = new HashMap<>();
    c.put("process.roles", "broker,controller");
    c.put("node.id", String.valueOf(NODE));
    c.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controller);
    c.put("controller.listener.names", "CONTROLLER");
    c.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller);
    c.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
    c.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    c.put("inter.broker.listener.name", "PLAINTEXT");
    c.put("log.dirs", directory.toString());

    // Topics are made with a layout, never by a misspelt name.
    c.put("auto.create.topics.enable", "false");
    c.put("default.replication.factor", "1");
    c.put("min.insync.replicas", "1");
    c.put("offsets.topic.num.partitions", "1");
    c.put("offsets.topic.replication.factor", "1");
    c.put("transaction.state.log.num.partitions", "1");
    c.put("transaction.state.log.replication.factor", "1");
    c.put("transaction.state.log.min.isr", "1");
    c.put("share.coordinator.state.topic.num.partitions", "1");
    c.put("share.coordinator.state.topic.replication.factor", "1");
    c.put("share.coordinator.state.topic.min.isr", "1");
    c.put("group.initial.rebalance.delay.ms", "0");
    // A laptop that was closed for a week still finds where it was.
    c.put("offsets.retention.minutes", String.valueOf(Duration.ofDays(365).toMinutes()));
    c.put("message.max.bytes", String.valueOf(4 << 20));
    c.put("replica.fetch.max.bytes", String.valueOf(4 << 20));

    // Threads and buffers for one machine.
    c.put("num.network.threads", "2");
    c.put("num.io.threads", "2");
    c.put("background.threads", "2");
    c.put("num.recovery.threads.per.data.dir", "2");
    c.put("num.replica.fetchers", "1");
    c.put("queued.max.requests", "64");
    c.put("log.segment.bytes", String.valueOf(64 << 20));
    c.put("log.index.size.max.bytes", String.valueOf(1 << 20));
    c.put("log.cleaner.dedupe.buffer.size", String.valueOf(4 << 20));
    c.put("log.cleaner.io.buffer.size", String.valueOf(4 << 20));
    c.put("log.cleaner.backoff.ms", "15000");
    c.put("metadata.log.segment.bytes", String.valueOf(16 << 20));
    c.put("metadata.max.idle.interval.ms", "5000");
    // Acknowledged records survive the death of the process in any case (they are the kernel's);
    // with this, the loss of power costs two seconds at most.
    c.put("log.flush.interval.ms", "2000");
    c.put("log.flush.scheduler.interval.ms", "1000");

    // After kill -9 the controller takes the broker back only when its old session is over.
    c.put("broker.session.timeout.ms", "3000");
    c.put("broker.heartbeat.interval.ms", "500");
    c.put("controller.quorum.election.timeout.ms", "500");
    c.put("controller.quorum.fetch.timeout.ms", "2000");
    c.put("initial.broker.registration.timeout.ms", "30000");
    return c;
  }

  private static ServerSocket bound(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(loopback(), port));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw new IOException(
          "port "
              + port
              + " for the Kafka broker is taken: stop what listens there, or choose another with"
              + " kafka.port in conf/metron.yaml",
          e);
    }
  }

  // Not getLoopbackAddress(), which may be ::1.
  private static InetAddress loopback() throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }
}
