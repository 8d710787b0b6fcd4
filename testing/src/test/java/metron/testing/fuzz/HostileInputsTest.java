package metron.testing.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import metron.parsers.Sensor;
import metron.parsers.Sensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The short pass of `bin/metron fuzz`: every shipped sensor, 30,000 broken lines, a fixed seed.
class HostileInputsTest {
  static Stream<Sensor> everySensorSurvivesBrokenLines() {
    return Sensors.shipped().all().stream();
  }

  @ParameterizedTest
  @MethodSource
  void everySensorSurvivesBrokenLines(Sensor sensor) {
    var result =
        HostileInputs.run(
            sensor,
            SampleLines.of(sensor.name()),
            SampleLines.metadata(sensor.name()),
            30_000,
            20261124);
    assertThat(result.failures()).isEmpty();
    assertThat(result.parsed()).as("lines that survive their mutation").isPositive();
  }

  @Test
  void stellarSurvivesBrokenExpressions() {
    var result = HostileExpressions.run(30_000, 20261124);
    assertThat(result.failures()).isEmpty();
    assertThat(result.parsed()).as("expressions that survive their mutation").isPositive();
  }

  @Test
  void packetsSurviveBrokenCaptures() {
    var result = HostileCaptures.run(10_000, 20261124);
    assertThat(result.failures()).isEmpty();
    assertThat(result.parsed()).as("captures that still make events").isPositive();
  }

  @Test
  void sameSeedMakesTheSameLines() {
    List<byte[]> lines = SampleLines.of("suricata");
    var one = new Mutator(lines, new SplittableRandom(1), 4096);
    var two = new Mutator(lines, new SplittableRandom(1), 4096);
    for (int i = 0; i < 1000; i++) {
      byte[] line = one.next();
      assertThat(Arrays.equals(line, two.next())).isTrue();
      assertThat(line.length).isLessThanOrEqualTo(4096);
    }
  }
}
