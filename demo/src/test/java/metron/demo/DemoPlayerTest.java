package metron.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoPlayerTest {
  private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

  @Test
  void waitsForEachLineAndKeepsTheOrder() throws InterruptedException {
    List<DemoRecord> taken = new ArrayList<>();
    List<Instant> waited = new ArrayList<>();
    DemoPlayer.play(new DemoScenario(1, START).withLimit(500).iterator(), waited::add, taken::add);
    assertThat(waited).isEqualTo(taken.stream().map(DemoRecord::at).toList()).hasSize(500);
  }

  @Test
  void anInterruptionStopsAnEndlessScenario() {
    assertThatThrownBy(
            () ->
                DemoPlayer.play(
                    new DemoScenario(1, START).iterator(),
                    moment -> {},
                    line -> Thread.currentThread().interrupt()))
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void writesOneFileASensorAndTheFeed(@TempDir Path folder) throws IOException {
    var counts = DemoPlayer.write(new DemoScenario(1, START).withLimit(5000), folder);
    assertThat(counts.values().stream().mapToLong(n -> n).sum()).isEqualTo(5000);
    for (var e : counts.entrySet()) {
      assertThat(Files.readAllLines(folder.resolve(e.getKey() + ".log")))
          .hasSize(e.getValue().intValue());
    }
    assertThat(folder.resolve("indicators.csv")).exists();
  }

  @Test
  void refusesToWriteWithoutEnd(@TempDir Path folder) {
    assertThatThrownBy(() -> DemoPlayer.write(new DemoScenario(1, START), folder))
        .hasMessageContaining("no end");
  }
}
