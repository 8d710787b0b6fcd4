package metron.pipeline.kafka;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// [RawLog] on a Kafka topic a sensor: acknowledged by all replicas, written once whatever is sent again.
///
/// Room is counted in bytes by a semaphore of our own: Kafka's buffer would block too, but in whole batches, not
/// interruptibly, and for everybody at once.
public final class KafkaRawLog implements RawLog {
  /// @param brokers `host:port`, comma-separated
  /// @param replicas copies of each partition of a new topic
  /// @param bytesInFlight how much may be under way before [#append] blocks; 1 MiB or more
  /// @param patience how long [#append] blocks before it gives up
  /// @param delivery how long a record may be under way before its sender is told that it was not written; 1 s or more
  /// @param disk where the embedded broker keeps its data; null where the broker is elsewhere and looks after itself
  /// @param diskReserve bytes that must stay free there: below it nothing is taken in, since a broker that meets a full
  ///     disk stops for good
  public record Config(
      String brokers,
      int replicas,
      int bytesInFlight,
      Duration patience,
      Duration delivery,
      @Nullable Path disk,
      long diskReserve) {
    public Config {
      if (bytesInFlight < Topics.MAX_RECORD_BYTES) {
        throw new IllegalArgumentException(
            "bytesInFlight is "
                + bytesInFlight
                + ", expected "
                + Topics.MAX_RECORD_BYTES
                + " or more");
      }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration DELIVERY = Duration.ofSeconds(60);

    /// With a minute for delivery.
    public Config(
        String brokers,
        int replicas,
        int bytesInFlight,
        Duration patience,
        @Nullable Path disk,
        long diskReserve) {
      this(brokers, replicas, bytesInFlight, patience, DELIVERY, disk, diskReserve);
    }

    public static Config of(String brokers) {
      return new Config(brokers, 1, 16 << 20, PATIENCE, DELIVERY, null, 0);
    }

    /// The embedded broker's, whose disk is watched.
    public static Config embedded(String brokers, Path disk) {
      return new Config(brokers, 1, 16 << 20, PATIENCE, DELIVERY, disk, DISK_RESERVE);
    }
  }

  /// What must stay free on the embedded broker's disk.
  public static final long DISK_RESERVE = 256L << 20;

  // What a record costs beside its bytes: headers, object, batch overhead.
  private static final int OVERHEAD = 200;
  private static final Logger LOG = LoggerFactory.getLogger(KafkaRawLog.class);
  private static final Duration DISK_LOOK = Duration.ofSeconds(1);

  private final Config config;
  private final Producer<byte[], byte[]> producer;
  private final TopicCreator topics;
  private final Semaphore room;
  private final @Nullable FileStore disk;
  private volatile long nextDiskLook = System.nanoTime();
  private volatile boolean diskFull;
  private final Thread clockWatch;
  private volatile boolean closed;

  public KafkaRawLog(Config config) throws IOException {
    this.config = config;
    this.room = new Semaphore(config.bytesInFlight(), true);
    this.disk = config.disk() == null ? null : Files.getFileStore(config.disk());
    this.topics = new TopicCreator(config.brokers(), config.replicas());
    this.producer =
        new KafkaProducer<>(settings(config), new ByteArraySerializer(), new ByteArraySerializer());
    this.clockWatch = Thread.ofVirtual().name("log-clock").start(this::watchClock);
  }

  // Kafka's client measures how long a batch has waited for company by the system's clock: one set
  // back by three hours would leave the records of a quiet sender waiting for as long. A flush
  // sends them whatever the clock says.
  private void watchClock() {
    ClockSetBack clock = new ClockSetBack(System::currentTimeMillis);
    try {
      while (!closed) {
        Thread.sleep(1_000);
        if (clock.happened()) {
          LOG.warn("the system's clock was set back: sending what waits in the log's writer");
          producer.flush();
        }
      }
    } catch (InterruptedException | InterruptException e) {
      LOG.debug("the log is closed");
    }
  }

  private static Map<String, Object> settings(Config config) {
    Map<String, Object> s = new HashMap<>();
    s.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, config.brokers());
    s.put(ProducerConfig.CLIENT_ID_CONFIG, "metron-raw");
    s.put(ProducerConfig.ACKS_CONFIG, "all");
    s.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // A batch never overtakes another, so a broker that has forgotten us can't take the second of
    // two for the first and refuse the first for ever; see TopicCreator.
    s.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    s.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    s.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    s.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
    // Above our own room, so that the semaphore is what blocks.
    s.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2L * config.bytesInFlight());
    s.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_MESSAGE_BYTES);
    s.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, config.patience().toMillis());
    int delivery = (int) config.delivery().toMillis();
    s.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, delivery);
    s.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.min(30_000, delivery / 2));
    return s;
  }

  @Override
  public CompletableFuture<Void> append(
      String sensor, byte[] bytes, Map<String, String> metadata, Instant received)
      throws IOException, InterruptedException {
    String topic = Topics.raw(sensor);
    byte[] kept = bytes;
    Map<String, String> known = metadata;
    if (bytes.length > Topics.MAX_RECORD_BYTES) {
      kept = Arrays.copyOf(bytes, Topics.MAX_RECORD_BYTES);
      known = new HashMap<>(metadata);
      known.putIfAbsent(RawRecords.OVERSIZE, String.valueOf(bytes.length));
    }
    if (closed) {
      throw new IOException("the log is closed: Metron is stopping");
    }
    long giveUp = System.nanoTime() + config.patience().toNanos();
    awaitDisk(giveUp);
    topics.ensure(List.of(topic));
    int weight = Math.min(kept.length + OVERHEAD, config.bytesInFlight());
    if (!room.tryAcquire(weight, giveUp - System.nanoTime(), TimeUnit.NANOSECONDS)) {
      throw new IOException(
          "the log at "
              + config.brokers()
              + " took nothing for "
              + config.patience().toSeconds()
              + " s: slow down or look at the broker's health");
    }
    var durable = new CompletableFuture<Void>();
    try {
      // The callback below has the outcome; the producer's own future says the same again.
      var _ =
          producer.send(
              RawRecords.toRecord(sensor, kept, known, received),
              (metadataOfRecord, failure) -> {
                room.release(weight);
                if (failure == null) {
                  durable.complete(null);
                } else {
                  durable.completeExceptionally(notWritten(topic, failure));
                }
              });
    } catch (InterruptException e) {
      room.release(weight);
      Thread.interrupted();
      InterruptedException interrupted = new InterruptedException("interrupted while waiting");
      interrupted.initCause(e);
      throw interrupted;
    } catch (KafkaException | IllegalStateException e) {
      room.release(weight);
      throw notWritten(topic, e);
    }
    return durable;
  }

  @Override
  public void flush() {
    producer.flush();
  }

  @Override
  public long bytesInFlight() {
    return (long) config.bytesInFlight() - room.availablePermits();
  }

  @Override
  public void close() {
    closed = true;
    clockWatch.interrupt();
    producer.close(Duration.ofSeconds(10));
    topics.close();
  }

  private void awaitDisk(long giveUp) throws IOException, InterruptedException {
    while (disk != null && diskIsFull(disk)) {
      if (System.nanoTime() - giveUp > 0) {
        throw new IOException(
            "the disk of "
                + config.disk()
                + " has "
                + (disk.getUsableSpace() >> 20)
                + " MiB free, nothing is taken in below "
                + (config.diskReserve() >> 20)
                + " MiB: free some space or keep events for a shorter time");
      }
      Thread.sleep(DISK_LOOK.toMillis() / 4);
    }
  }

  private boolean diskIsFull(FileStore store) throws IOException {
    long now = System.nanoTime();
    if (now - nextDiskLook >= 0) {
      nextDiskLook = now + DISK_LOOK.toNanos();
      diskFull = store.getUsableSpace() < config.diskReserve();
    }
    return diskFull;
  }

  private static IOException notWritten(String topic, Exception cause) {
    return new IOException(
        "a record for topic '" + topic + "' was not written: " + cause.getMessage(), cause);
  }
}
