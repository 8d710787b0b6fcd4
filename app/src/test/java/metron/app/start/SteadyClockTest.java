package metron.app.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SteadyClockTest {
  private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

  @TempDir private Path dir;
  private Instant system = START;
  private long nanos = 5;

  private SteadyClock open() throws IOException {
    return new SteadyClock(dir.resolve("clock"), () -> system, () -> nanos);
  }

  private void pass(Duration time) {
    system = system.plus(time);
    nanos += time.toNanos();
  }

  @Test
  void goesWithTheSystemsClockWhileThatIsSteady() throws Exception {
    SteadyClock clock = open();
    pass(Duration.ofMinutes(10));
    assertThat(clock.now()).isEqualTo(START.plus(Duration.ofMinutes(10)));
    pass(Duration.ofDays(3));
    assertThat(clock.now()).isEqualTo(system);
  }

  @Test
  void believesALeapOfAYearByMinutes() throws Exception {
    SteadyClock clock = open();
    pass(Duration.ofMinutes(10));
    system = system.plus(Duration.ofDays(365));
    assertThat(clock.now()).isEqualTo(START.plus(Duration.ofMinutes(20)));
    system = system.minus(Duration.ofDays(365));
    pass(Duration.ofMinutes(30));
    assertThat(clock.now()).isEqualTo(START.plus(Duration.ofMinutes(40)));
  }

  @Test
  void goesBackWithTheSystemsClock() throws Exception {
    SteadyClock clock = open();
    system = system.minus(Duration.ofDays(40));
    assertThat(clock.now()).isEqualTo(system);
  }

  @Test
  void goesAWeekAheadAtMostOverAStop() throws Exception {
    assertThat(open().now()).isEqualTo(START);
    system = START.plus(Duration.ofDays(3));
    assertThat(open().now()).isEqualTo(system);
    Instant known = system;
    system = START.plus(Duration.ofDays(400));
    assertThat(open().now()).isEqualTo(known.plus(Duration.ofDays(7)));
  }

  @Test
  void startsAnewFromAFileThatHoldsNoInstant() throws Exception {
    Files.writeString(dir.resolve("clock"), "yesterday");
    assertThat(open().now()).isEqualTo(START);
  }
}
