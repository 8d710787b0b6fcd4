package metron.pipeline.kafka;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// Writes a compacted topic: the newest value of each key is what counts. Read it with [TopicFollower].
public final class KeyedTopic implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String topic;
  private final KafkaProducer<byte[], byte[]> producer;

  /// @param topic [Topics#CONFIG] or [Topics#INDICATORS]
  public KeyedTopic(String brokers, String topic) {
    this.topic = topic;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                brokers,
                ProducerConfig.CLIENT_ID_CONFIG,
                "metron-" + topic,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                8L << 20,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                Topics.MAX_MESSAGE_BYTES,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /// Sets the value of a key, or deletes it. Returns at once unless much is under way.
  ///
  /// @param value null: the key is deleted
  /// @return done when the change is durable, with its offset
  public CompletableFuture<Long> put(String key, byte @Nullable [] value) {
    var durable = new CompletableFuture<Long>();
    var record =
        new ProducerRecord<byte[], byte[]>(topic, key.getBytes(StandardCharsets.UTF_8), value);
    // The callback below has the outcome.
    var _ =
        producer.send(
            record,
            (metadata, failure) -> {
              if (failure == null) {
                durable.complete(metadata.offset());
              } else {
                durable.completeExceptionally(
                    new IOException(
                        "'"
                            + key
                            + "' was not written to topic '"
                            + topic
                            + "': "
                            + failure.getMessage(),
                        failure));
              }
            });
    return durable;
  }

  /// As [#put], and waits until it is durable.
  public long putNow(String key, byte @Nullable [] value) throws IOException, InterruptedException {
    try {
      return put(key, value).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getMessage(), e);
    } catch (TimeoutException e) {
      throw new IOException(
          "topic '" + topic + "' took nothing for " + PATIENCE.toSeconds() + " s", e);
    }
  }

  /// Returns when all changes so far have their outcome.
  public void flush() {
    producer.flush();
  }

  @Override
  public void close() {
    producer.close(PATIENCE);
  }
}
