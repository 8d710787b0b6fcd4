package metron.app.start;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import metron.storage.AlertStore;
import metron.storage.EventStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes what is older or more than is to be kept, every ten minutes. Ages are counted by a [SteadyClock], so that a clock
/// that jumps ahead deletes nothing for it.
final class Retention implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final Duration INTERVAL = Duration.ofMinutes(10);

  private final Settings.Retention settings;
  private final EventStore events;
  private final AlertStore alerts;
  private final SteadyClock clock;
  private final Thread thread;

  /// @param memory where the steady clock is kept over a restart
  Retention(
      Settings.Retention settings,
      EventStore events,
      AlertStore alerts,
      Path memory,
      InstantSource clock)
      throws IOException {
    this.settings = settings;
    this.events = events;
    this.alerts = alerts;
    this.clock = new SteadyClock(memory, clock, System::nanoTime);
    this.thread = Thread.ofPlatform().daemon().name("retention").start(this::run);
  }

  private void run() {
    while (true) {
      try {
        Thread.sleep(INTERVAL);
        Instant now = clock.now();
        Duration age = settings.events();
        int days = events.retain(age == null ? Instant.MIN : now.minus(age), settings.bytes());
        long old = alerts.retain(now.minus(settings.alerts()));
        if (days > 0 || old > 0) {
          LOG.info(
              "deleted {} days of events and {} finished alerts, as retention says", days, old);
        }
      } catch (InterruptedException e) {
        return;
      } catch (IOException e) {
        LOG.warn("old events could not be deleted: {}", e.getMessage());
      }
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
