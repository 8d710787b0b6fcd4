package metron.benchmarks.product;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import metron.demo.DemoScenario;

/// A day of the demo company, in as many lines as wanted: all its sensors in its own mix, an intrusion every hour, so that
/// there are alerts too. The last line is of now, as in a product that has run for a day.
final class DemoDay {
  private static final long SEED = 42;

  private DemoDay() {}

  static DemoScenario of(long lines) {
    Duration day = Duration.ofDays(1);
    Instant start = Instant.now().minus(day).truncatedTo(ChronoUnit.MINUTES);
    return new DemoScenario(SEED, start)
        .withRate((double) lines / day.toSeconds())
        .withIntrusion(Duration.ofMinutes(10), Duration.ofHours(1), 1)
        .withLimit(lines);
  }
}
