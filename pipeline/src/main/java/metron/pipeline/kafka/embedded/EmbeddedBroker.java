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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One Kafka node that is broker and controller (KRaft), on the loopback address, with its data in a directory. It is a
/// whole broker: the data stays over restarts and `kill -9`, and any Kafka client may connect while it runs.
///
/// Kafka ends its process when its disk can't be written. Here that would be all of Metron, so the broker alone stops, and
/// starts again when there is space.
///
/// Sized for a laptop: few threads, small log cleaner buffers, internal topics of one partition.
public final class EmbeddedBroker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int NODE = 1;

  private static final long SPACE = 128L << 20;
  private static final Duration LOOK = Duration.ofSeconds(1);
  // Kafka ends the process when it can't write. There is one hook a process, hence the list.
  private static final List<EmbeddedBroker> RUNNING = new CopyOnWriteArrayList<>();

  private final Path directory;
  private final int port;
  private final AtomicBoolean broken = new AtomicBoolean();
  private volatile KafkaRaftServer server;
  private volatile @Nullable String fault;
  private volatile boolean closed;

  private EmbeddedBroker(Path directory, int port, KafkaRaftServer server) {
    this.directory = directory;
    this.port = port;
    this.server = server;
  }

  /// Starts and returns when the broker answers.
  ///
  /// @param directory made when missing; used by one process at a time
  /// @param port loopback port for clients; 0 takes a free one
  /// @throws IOException in one sentence: the port is taken, the directory is in use or can't be written
  public static EmbeddedBroker start(Path directory, int port)
      throws IOException, InterruptedException {
    Files.createDirectories(directory);
    Exit.setHaltProcedure((_, why) -> broke(why));
    Exit.setExitProcedure((_, why) -> broke(why));
    long begin = System.nanoTime();
    int clients = port == 0 ? free() : port;
    EmbeddedBroker broker = new EmbeddedBroker(directory, clients, startup(directory, clients));
    RUNNING.add(broker);
    LOG.info(
        "broker listens on {}, data in {}, started in {} ms",
        broker.address(),
        directory,
        Duration.ofNanos(System.nanoTime() - begin).toMillis());
    return broker;
  }

  private static KafkaRaftServer startup(Path directory, int port)
      throws IOException, InterruptedException {
    int controller;
    // Both sockets open at once, or the kernel may hand out the same port twice.
    try (ServerSocket _ = bound(port);
        ServerSocket free = bound(0)) {
      // The quorum is this process alone, so its port may be another one at each start.
      controller = free.getLocalPort();
    }
    KafkaRaftServer server;
    try {
      format(directory);
      server =
          new KafkaRaftServer(
              new KafkaConfig(config(directory, port, controller), false), Time.SYSTEM);
    } catch (IOException | RuntimeException e) {
      throw new IOException(
          "the broker can't use directory " + directory + ": " + e.getMessage(), e);
    }
    try {
      server.startup();
      awaitAnswer(port);
      return server;
    } catch (IOException | RuntimeException e) {
      server.shutdown();
      throw new IOException("the broker can't start: " + e.getMessage(), e);
    }
  }

  private static int free() throws IOException {
    try (ServerSocket socket = bound(0)) {
      return socket.getLocalPort();
    }
  }

  /// In place of the end of the process. Kafka calls it on the thread that failed, and that thread ends.
  private static void broke(@Nullable String why) {
    for (EmbeddedBroker broker : RUNNING) {
      if (!broker.closed && broker.broken.compareAndSet(false, true)) {
        LOG.error("the broker in {} gave up{}", broker.directory, why == null ? "" : ": " + why);
        broker.fault = "the broker could not write to " + broker.directory + " and stopped";
        Thread.ofPlatform().daemon().name("broker-recovery").start(broker::recover);
      }
    }
  }

  /// Starts the broker again, on the same port, as soon as there is space. What it had acknowledged is in its files; what it
  /// had not, its senders still hold.
  private void recover() {
    try {
      server.shutdown();
      while (!closed) {
        long free = Files.getFileStore(directory).getUsableSpace();
        if (free < SPACE) {
          fault =
              "the disk of "
                  + directory
                  + " is full, "
                  + (free >> 20)
                  + " MiB are free: the log starts again by itself when there are "
                  + (SPACE >> 20)
                  + " MiB";
        } else if (restart()) {
          return;
        }
        Thread.sleep(LOOK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      fault = "the broker stopped and can't be started again: " + e.getMessage();
      LOG.error("{}; start Metron again, nothing is lost", fault);
    }
  }

  private boolean restart() throws InterruptedException {
    try {
      server = startup(directory, port);
    } catch (IOException e) {
      fault = e.getMessage();
      LOG.warn("the broker is tried again: {}", fault);
      return false;
    }
    LOG.info("the broker is back on {}", address());
    fault = null;
    broken.set(false);
    return true;
  }

  /// Why the broker is away, in one sentence; null while it is there.
  public @Nullable String fault() {
    return fault;
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
    closed = true;
    RUNNING.remove(this);
    server.shutdown();
    server.awaitShutdown();
  }

  private static void awaitAnswer(int port) throws IOException, InterruptedException {
    String address = "127.0.0.1:" + port;
    try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, address))) {
      admin.describeCluster().nodes().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(
          "no answer on " + address + " within " + PATIENCE.toSeconds() + " s", e);
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
