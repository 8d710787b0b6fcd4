package metron.pipeline.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import metron.pipeline.LiveConfiguration;
import metron.pipeline.ReferenceTables;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads a compacted topic from its beginning and goes on following it, on a thread of its own; a change is handed over
/// within tens of milliseconds.
public final class TopicFollower implements AutoCloseable {
  /// Called on the follower's thread; an exception is logged and the change passed over.
  public interface Listener {
    /// @param value null: the key was deleted
    void changed(String key, byte @Nullable [] value, long offset);

    /// All changes that came together were handed over; at least once, when the end is first reached.
    default void settled() {}
  }

  private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
  private static final Duration POLL = Duration.ofMillis(500);

  private final String topic;
  private final String brokers;
  private final Listener listener;
  private final CountDownLatch caughtUp = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean closed;
  private volatile @Nullable KafkaConsumer<byte[], byte[]> open;
  private long next;

  private TopicFollower(String brokers, String topic, Listener listener) {
    this.brokers = brokers;
    this.topic = topic;
    this.listener = listener;
    this.thread = Thread.ofPlatform().daemon().name("follow-" + topic).unstarted(this::run);
  }

  public static TopicFollower follow(String brokers, String topic, Listener listener) {
    TopicFollower follower = new TopicFollower(brokers, topic, listener);
    follower.thread.start();
    return follower;
  }

  /// Keeps a configuration as topic `config` says.
  public static TopicFollower configuration(String brokers, LiveConfiguration configuration) {
    return follow(
        brokers,
        Topics.CONFIG,
        new Listener() {
          @Override
          public void changed(String key, byte @Nullable [] value, long offset) {
            configuration.changed(
                key, value == null ? null : new String(value, StandardCharsets.UTF_8), offset);
          }

          @Override
          public void settled() {
            configuration.apply();
          }
        });
  }

  /// Keeps the indicators as topic `reference.indicators` says.
  public static TopicFollower indicators(String brokers, ReferenceTables tables) {
    return follow(
        brokers, Topics.INDICATORS, (key, value, _) -> tables.indicatorChanged(key, value));
  }

  /// Waits until everything that was in the topic at the start was handed over.
  ///
  /// @return whether it was, within that time
  public boolean awaitCaughtUp(Duration patience) throws InterruptedException {
    return caughtUp.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    closed = true;
    KafkaConsumer<byte[], byte[]> consumer = open;
    if (consumer != null) {
      consumer.wakeup();
    }
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closed) {
      try {
        read();
      } catch (WakeupException e) {
        LOG.debug("woken up to close");
      } catch (KafkaException e) {
        LOG.warn("topic '{}' can't be read, trying again: {}", topic, e.getMessage());
        pause();
      }
    }
  }

  private void read() {
    TopicPartition partition = new TopicPartition(topic, 0);
    List<TopicPartition> partitions = List.of(partition);
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                brokers,
                ConsumerConfig.CLIENT_ID_CONFIG,
                "metron-follow-" + topic,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                250),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      open = consumer;
      consumer.assign(partitions);
      if (next == 0) {
        consumer.seekToBeginning(partitions);
      } else {
        consumer.seek(partition, next);
      }
      long end = consumer.endOffsets(partitions).getOrDefault(partition, 0L);
      boolean behind = true;
      while (!closed) {
        var records = consumer.poll(POLL);
        for (var record : records) {
          hand(record.key(), record.value(), record.offset());
          next = record.offset() + 1;
        }
        // The first time, all up to the end as it was: a definition built of half the files would
        // be one that never existed.
        boolean reached = behind && consumer.position(partition) >= end;
        if (reached || (!behind && !records.isEmpty())) {
          settle();
        }
        if (reached) {
          behind = false;
          caughtUp.countDown();
        }
      }
    } finally {
      open = null;
    }
  }

  private void hand(byte @Nullable [] key, byte @Nullable [] value, long offset) {
    if (key == null) {
      return;
    }
    String name = new String(key, StandardCharsets.UTF_8);
    try {
      listener.changed(name, value, offset);
    } catch (RuntimeException e) {
      LOG.error("change of '{}' in topic '{}' is passed over", name, topic, e);
    }
  }

  private void settle() {
    try {
      listener.settled();
    } catch (RuntimeException e) {
      LOG.error("changes of topic '{}' are passed over", topic, e);
    }
  }

  private void pause() {
    try {
      Thread.sleep(1_000);
    } catch (InterruptedException e) {
      closed = true;
    }
  }
}
