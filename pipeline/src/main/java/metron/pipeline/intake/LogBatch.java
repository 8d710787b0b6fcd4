package metron.pipeline.intake;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import metron.pipeline.kafka.RawLog;
import org.jspecify.annotations.Nullable;

/// Records that are confirmed together: a request, or a stretch of a file. Used by one thread.
final class LogBatch {
  private final RawLog log;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
  private long appended;

  LogBatch(RawLog log) {
    this.log = log;
  }

  /// Blocks while the log is full.
  ///
  /// @throws IOException if the log takes nothing now, saying why
  void append(String sensor, Instant received, byte[] record, Map<String, String> metadata)
      throws IOException {
    try {
      last =
          log.append(sensor, record, metadata, received)
              .whenComplete(
                  (_, problem) -> {
                    if (problem != null) {
                      failure.compareAndSet(null, problem);
                    }
                  });
      appended++;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted: Metron is stopping", e);
    }
  }

  /// Returns when all records are durable.
  ///
  /// @throws IOException if one of them is not, saying why
  void confirm() throws IOException {
    if (appended == 0) {
      return;
    }
    log.flush();
    try {
      // After a flush every record has its outcome; the last one's callback may still be running.
      last.get();
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(cause(e).getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted: Metron is stopping", e);
    }
    Throwable problem = failure.get();
    if (problem != null) {
      throw new IOException(String.valueOf(problem.getMessage()), problem);
    }
    appended = 0;
  }

  private static Throwable cause(ExecutionException e) {
    return e.getCause() == null ? e : e.getCause();
  }
}
