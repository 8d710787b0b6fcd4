package metron.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import metron.testing.crash.CrashProof;
import metron.testing.crash.Soak;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ten kills during an ingest of a million events. `bin/metron soak` does the same with hundreds of kills.
class CrashTest {
  private static final long EVENTS = 1_000_000;
  private static final int KILLS = 10;

  @TempDir private Path work;

  @Test
  void everyEventIsThereExactlyOnceAfterTenKills() throws Exception {
    long seed = Long.getLong("metron.seed", System.nanoTime() & 0xffff_ffffL);
    CrashProof.Found found =
        CrashProof.run(
            new CrashProof.Config(
                Path.of(System.getProperty("metron.home")).toAbsolutePath().normalize(),
                work,
                Long.getLong("metron.events", EVENTS),
                Integer.getInteger("metron.kills", KILLS),
                seed,
                Duration.ofMinutes(10)),
            System.out);
    assertThat(Soak.faults(found, Long.getLong("metron.events", EVENTS)))
        .as("seed %d, %s", seed, found)
        .isEmpty();
    assertThat(found.kills()).isEqualTo(Integer.getInteger("metron.kills", KILLS));
  }
}
