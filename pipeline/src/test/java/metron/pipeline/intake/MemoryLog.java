package metron.pipeline.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import metron.pipeline.kafka.RawLog;

/// A log in memory that can be made to fail.
final class MemoryLog implements RawLog {
  record Entry(String sensor, byte[] bytes, Map<String, String> metadata, Instant received) {
    String text() {
      return new String(bytes, UTF_8);
    }
  }

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  final List<Entry> entries = Collections.synchronizedList(new ArrayList<>());
  volatile boolean refusing;
  volatile boolean losing;
  private volatile CountDownLatch gate = new CountDownLatch(0);

  @Override
  public CompletableFuture<Void> append(
      String sensor, byte[] bytes, Map<String, String> metadata, Instant received)
      throws IOException, InterruptedException {
    gate.await();
    if (refusing) {
      throw new IOException("the disk is full");
    }
    if (losing) {
      return CompletableFuture.failedFuture(new IOException("the broker went away"));
    }
    entries.add(new Entry(sensor, bytes, metadata, received));
    return CompletableFuture.completedFuture(null);
  }

  /// Takes nothing, as a full log, until the answer is run.
  Runnable full() {
    CountDownLatch closed = new CountDownLatch(1);
    gate = closed;
    return closed::countDown;
  }

  List<String> texts() {
    return List.copyOf(entries).stream().map(Entry::text).toList();
  }

  /// Waits until that many records are there.
  List<String> await(int count) throws InterruptedException {
    awaitThat(() -> entries.size() >= count);
    assertThat(texts()).hasSize(count);
    return texts();
  }

  static void awaitThat(java.util.function.BooleanSupplier condition) throws InterruptedException {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() - giveUp < 0) {
      Thread.sleep(5);
    }
  }

  @Override
  public void flush() {}

  @Override
  public long bytesInFlight() {
    return 0;
  }

  @Override
  public void close() {}
}
