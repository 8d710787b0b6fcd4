package metron.pipeline.intake;

import java.time.Duration;

/// Waiting for a source's threads to end.
final class Threads {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private Threads() {}

  /// Waits a few seconds; a thread that is stuck in a full log is left behind, its record was never confirmed to anybody.
  static void join(Thread thread) {
    try {
      if (!thread.join(PATIENCE)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// @return false if the thread was interrupted
  static boolean pause(Duration duration) {
    try {
      Thread.sleep(duration);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
