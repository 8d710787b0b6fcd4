package metron.app.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The system's clock for decisions that cannot be taken back: it believes a leap ahead only slowly.
///
/// It is never ahead of the system's clock, and goes at most twice as fast as time passes while Metron runs, and a week ahead
/// over a stop. So a system clock that is a year ahead by mistake moves it by hours before somebody mends it, and a machine
/// that was off or asleep is caught up with in as long again.
final class SteadyClock {
  private static final Logger LOG = LoggerFactory.getLogger(SteadyClock.class);
  private static final Duration OVER_A_STOP = Duration.ofDays(7);
  private static final Duration WORTH_TELLING = Duration.ofHours(1);

  private final Path file;
  private final InstantSource system;
  private final LongSupplier nanoTime;
  private Instant steady;
  private long asked;
  private boolean behind;

  /// @param file what it was before the last stop; made when missing
  /// @param nanoTime as `System::nanoTime`: goes on evenly whatever happens to the system's clock
  SteadyClock(Path file, InstantSource system, LongSupplier nanoTime) throws IOException {
    this.file = file;
    this.system = system;
    this.nanoTime = nanoTime;
    this.asked = nanoTime.getAsLong();
    Instant now = system.instant();
    this.steady = now;
    try {
      Instant limit = Instant.parse(Files.readString(file).strip()).plus(OVER_A_STOP);
      if (now.isAfter(limit)) {
        steady = limit;
      }
    } catch (NoSuchFileException e) {
      LOG.debug("{} is made anew", file);
    } catch (DateTimeParseException e) {
      LOG.warn("{} holds no instant and is made anew", file);
    }
  }

  synchronized Instant now() throws IOException {
    Instant now = system.instant();
    long nanos = nanoTime.getAsLong();
    Instant limit = steady.plusNanos(2 * (nanos - asked));
    asked = nanos;
    steady = now.isAfter(limit) ? limit : now;
    boolean isBehind = Duration.between(steady, now).compareTo(WORTH_TELLING) > 0;
    if (isBehind && !behind) {
      LOG.warn(
          "the system's clock is at {}, ahead of the time that has passed: ages of events and alerts"
              + " are counted from {} and follow slowly",
          now,
          steady);
    }
    behind = isBehind;
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(next, steady + "\n");
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return steady;
  }
}
