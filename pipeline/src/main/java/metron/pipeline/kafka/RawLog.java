package metron.pipeline.kafka;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Where collectors put what they take in. A record counts as taken in when its future is done, not before; a collector
/// that confirms to its sender does so then.
///
/// All methods may be called from any thread. Records of one sensor keep no order between its partitions.
public interface RawLog extends AutoCloseable {
  /// Adds a record. Blocks while too much is under way already (or the disk is nearly full), which is how a slow log slows
  /// its senders down; nothing is ever dropped to make room.
  ///
  /// A record longer than [Topics#MAX_RECORD_BYTES] is cut there and marked [RawRecords#OVERSIZE], so that the pipeline
  /// makes a dead letter of it that tells the true length.
  ///
  /// @param sensor whose definition parses it; the topic is made when there is none yet
  /// @param bytes not copied, so nobody may write into it afterwards
  /// @param metadata as [metron.event.RawMessage#metadata]
  /// @return done when the record is durable; failed with an `IOException` that says why when it is not
  /// @throws IllegalArgumentException if `sensor` can't be a sensor's name
  /// @throws IOException if there was no room for longer than the log waits, naming what is full, or the log is closed
  /// @throws InterruptedException if the thread is interrupted while it waits; the record is not added
  CompletableFuture<Void> append(
      String sensor, byte[] bytes, Map<String, String> metadata, Instant received)
      throws IOException, InterruptedException;

  /// Sends what waits for company and returns when every record added before has its outcome.
  void flush();

  /// How many bytes are under way now; for metrics.
  long bytesInFlight();

  /// Flushes, then lets go.
  @Override
  void close();
}
