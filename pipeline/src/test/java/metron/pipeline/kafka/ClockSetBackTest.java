package metron.pipeline.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClockSetBackTest {
  private long millis = 10_000;

  @Test
  void isNoticedOnceAndOnlyBackwards() {
    ClockSetBack clock = new ClockSetBack(() -> millis);
    assertThat(clock.happened()).isFalse();
    millis += 8 * 3_600_000L;
    assertThat(clock.happened()).isFalse();
    millis -= 3_600_000L;
    assertThat(clock.happened()).isTrue();
    assertThat(clock.happened()).isFalse();
    millis += 1_000;
    assertThat(clock.happened()).isFalse();
  }
}
