package metron.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SensorMetersTest {
  private final SensorMeters.Meter meter = new SensorMeters().meter(0);

  @Test
  void callsATopicRubbishWhenMostOfItsLastMessagesDied() {
    assertThat(meter.isRubbish("raw.a")).isFalse();
    add("raw.a", 199, true);
    assertThat(meter.isRubbish("raw.a")).isFalse();
    add("raw.a", 1, true);
    assertThat(meter.isRubbish("raw.a")).isTrue();
    assertThat(meter.isRubbish("raw.b")).isFalse();
    assertThat(meter.nanos("raw.a")).isEqualTo(2_000);
    assertThat(meter.nanos("raw.b")).isZero();
  }

  @Test
  void forgivesATopicThatGotBetter() {
    add("raw.a", 1_000_000, true);
    assertThat(meter.isRubbish("raw.a")).isTrue();
    add("raw.a", SensorMeters.Meter.WINDOW, false);
    assertThat(meter.isRubbish("raw.a")).isFalse();
  }

  @Test
  void takesNoOffenceAtATopicThatIsBadInPart() {
    for (int i = 0; i < 10_000; i++) {
      add("raw.a", 3, false);
      add("raw.a", 2, true);
      assertThat(meter.isRubbish("raw.a")).isFalse();
    }
  }

  private void add(String topic, int times, boolean dead) {
    for (int i = 0; i < times; i++) {
      meter.add(topic, 10, dead);
    }
  }
}
