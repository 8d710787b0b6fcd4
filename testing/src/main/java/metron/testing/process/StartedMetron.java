package metron.testing.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A process of `metron start`. Closing it kills it, if it still runs.
public final class StartedMetron implements AutoCloseable {
  private static final Duration STOPPING = Duration.ofSeconds(90);
  private static final Duration LOOK = Duration.ofMillis(50);

  private final Process process;
  private final Path said;
  private final Path data;

  StartedMetron(Process process, Path said, Path data) {
    this.process = process;
    this.said = said;
    this.data = data;
  }

  /// Returns when it says that it is ready.
  ///
  /// @throws IOException with what it said, if it ends before or takes longer
  public Api awaitReady(Duration patience) throws IOException, InterruptedException {
    long giveUp = System.nanoTime() + patience.toNanos();
    while (!said().contains("Ready after")) {
      if (!process.isAlive()) {
        throw new IOException(
            "it ended with exit code " + process.exitValue() + " before it was ready:\n" + said());
      }
      if (System.nanoTime() - giveUp > 0) {
        throw new IOException("it is not ready after " + patience + ", it said:\n" + said());
      }
      Thread.sleep(LOOK);
    }
    return Api.of(data);
  }

  /// All it has said so far, standard output and error.
  public String said() throws IOException {
    return Files.readString(said);
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  /// `kill -9`, and returns when it is gone.
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /// The signal of `kill` and of `metron stop`.
  ///
  /// @return the exit code
  public int terminate() throws IOException, InterruptedException {
    // Not Process#destroy: a wrapper may not replace itself by the program.
    process.destroy();
    return awaitEnd(STOPPING);
  }

  /// @return the exit code
  public int awaitEnd(Duration patience) throws IOException, InterruptedException {
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IOException("it did not end within " + patience + ", it said:\n" + said());
    }
    return process.exitValue();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Files.deleteIfExists(said);
  }
}
