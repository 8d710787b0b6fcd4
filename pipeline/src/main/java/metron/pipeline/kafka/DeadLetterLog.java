package metron.pipeline.kafka;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import metron.event.DeadLetter;
import metron.event.RawMessage;
import metron.pipeline.Outcome;
import metron.pipeline.PipelineDefinition;
import metron.pipeline.StepFaults;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/// Looks at dead letters, tries them again, and sends them back into the log.
///
/// A letter's id is its place in topic `dead-letters`: `partition-offset`. Each call opens a consumer of its own, so any
/// number of threads may look at once.
public final class DeadLetterLog {
  /// @param id `partition-offset`
  public record Entry(String id, DeadLetter letter) {}

  /// @param next where the following page starts; null: this is the last
  /// @param total letters in the topic, filter or not
  public record Page(List<Entry> entries, @Nullable Long next, long total) {
    public Page {
      entries = List.copyOf(entries);
    }
  }

  /// Metadata key of a replayed record: id of the letter it comes from.
  public static final String REPLAY_OF = "replay.of";

  private static final int CHUNK = 500;
  // A page with a rare filter does not read the whole topic; its `next` goes on from where it
  // stopped.
  private static final int MOST_LOOKED_AT = 50_000;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final TopicPartition PARTITION = new TopicPartition(Topics.DEAD_LETTERS, 0);

  private final String brokers;

  public DeadLetterLog(String brokers) {
    this.brokers = brokers;
  }

  /// A page of letters, newest first.
  ///
  /// @param before only letters at lower offsets, as [Page#next] gave it; null: from the newest
  /// @param size most entries; 1 or more
  /// @param filter which letters count
  /// @throws IOException if the log does not answer
  public Page page(@Nullable Long before, int size, Predicate<DeadLetter> filter)
      throws IOException {
    try (var consumer = consumer()) {
      long first = first(consumer);
      long end = end(consumer);
      long upper = before == null ? end : Math.min(before, end);
      List<Entry> found = new ArrayList<>();
      int looked = 0;
      while (upper > first && found.size() < size && looked < MOST_LOOKED_AT) {
        long from = Math.max(first, upper - CHUNK);
        Deque<ConsumerRecord<byte[], byte[]>> newestFirst = new ArrayDeque<>();
        for (var record : read(consumer, from, upper)) {
          newestFirst.addFirst(record);
        }
        looked += CHUNK;
        upper = from;
        for (var record : newestFirst) {
          DeadLetter letter = DeadLetterRecords.fromRecord(record);
          if (filter.test(letter)) {
            found.add(new Entry(id(record), letter));
            if (found.size() == size) {
              upper = record.offset();
              break;
            }
          }
        }
      }
      return new Page(found, upper > first ? upper : null, end - first);
    } catch (KafkaException e) {
      throw new IOException("the dead letters can't be read: " + e.getMessage(), e);
    }
  }

  /// How many letters there are for each sensor since `offset`, for a first look; reads them all.
  public Map<String, Long> countBySensor(long offset) throws IOException {
    Map<String, Long> counts = new HashMap<>();
    try (var consumer = consumer()) {
      long end = end(consumer);
      for (long at = Math.max(offset, first(consumer)); at < end; at += CHUNK) {
        for (var record : read(consumer, at, Math.min(end, at + CHUNK))) {
          counts.merge(DeadLetterRecords.fromRecord(record).raw().sensor(), 1L, Long::sum);
        }
      }
      return counts;
    } catch (KafkaException e) {
      throw new IOException("the dead letters can't be read: " + e.getMessage(), e);
    }
  }

  /// @param id as [Entry#id]
  /// @return empty if there is none, or no longer
  public Optional<Entry> get(String id) throws IOException {
    long offset = offset(id);
    if (offset < 0) {
      return Optional.empty();
    }
    try (var consumer = consumer()) {
      if (offset < first(consumer) || offset >= end(consumer)) {
        return Optional.empty();
      }
      return read(consumer, offset, offset + 1).stream()
          .findFirst()
          .map(record -> new Entry(id(record), DeadLetterRecords.fromRecord(record)));
    } catch (KafkaException e) {
      throw new IOException("the dead letters can't be read: " + e.getMessage(), e);
    }
  }

  /// What would become of a letter now, without keeping anything.
  ///
  /// @param bytes in place of the letter's own; null: as they were
  /// @param sensor in place of the letter's own; null: as it was
  public static Outcome attempt(
      Entry entry,
      byte @Nullable [] bytes,
      @Nullable String sensor,
      PipelineDefinition definition) {
    RawMessage raw = entry.letter().raw();
    return definition
        .newPipeline(new StepFaults())
        .process(
            new RawMessage(
                sensor == null ? raw.sensor() : sensor,
                raw.topic(),
                raw.partition(),
                raw.offset(),
                raw.received(),
                bytes == null ? raw.bytes() : bytes,
                withoutOversize(raw.metadata())));
  }

  /// Sends a letter into the log again, at the end of its sensor's topic; returns when it is durable there. The letter
  /// itself stays where it is.
  public static void replay(
      Entry entry, byte @Nullable [] bytes, @Nullable String sensor, RawLog log)
      throws IOException, InterruptedException {
    RawMessage raw = entry.letter().raw();
    Map<String, String> metadata = new HashMap<>(withoutOversize(raw.metadata()));
    metadata.put(REPLAY_OF, entry.id());
    Instant received = raw.received();
    var durable =
        log.append(
            sensor == null ? raw.sensor() : sensor,
            bytes == null ? raw.bytes() : bytes,
            metadata,
            received);
    try {
      durable.get(PATIENCE.toSeconds() * 3, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getMessage(), e);
    } catch (TimeoutException e) {
      throw new IOException("the log did not confirm the replay in time", e);
    }
  }

  private static Map<String, String> withoutOversize(Map<String, String> metadata) {
    Map<String, String> kept = new HashMap<>(metadata);
    kept.remove(RawRecords.OVERSIZE);
    return kept;
  }

  private static String id(ConsumerRecord<byte[], byte[]> record) {
    return record.partition() + "-" + record.offset();
  }

  private static long offset(String id) {
    if (!id.startsWith("0-")) {
      return -1;
    }
    try {
      return Long.parseLong(id.substring(2));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(
      KafkaConsumer<byte[], byte[]> consumer, long from, long to) throws IOException {
    consumer.seek(PARTITION, from);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (consumer.position(PARTITION) < to) {
      for (var record : consumer.poll(Duration.ofMillis(200)).records(PARTITION)) {
        if (record.offset() < to) {
          records.add(record);
        }
      }
      if (System.nanoTime() - deadline > 0) {
        throw new IOException(
            "the dead letters can't be read: the broker gave nothing for "
                + PATIENCE.toSeconds()
                + " s");
      }
    }
    return records;
  }

  private static long first(KafkaConsumer<byte[], byte[]> consumer) {
    return consumer.beginningOffsets(List.of(PARTITION), PATIENCE).getOrDefault(PARTITION, 0L);
  }

  private static long end(KafkaConsumer<byte[], byte[]> consumer) {
    return consumer.endOffsets(List.of(PARTITION), PATIENCE).getOrDefault(PARTITION, 0L);
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                brokers,
                ConsumerConfig.CLIENT_ID_CONFIG,
                "metron-dead-letter-log",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                CHUNK,
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                50,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(List.of(PARTITION));
    return consumer;
  }
}
