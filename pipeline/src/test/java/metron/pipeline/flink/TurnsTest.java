package metron.pipeline.flink;

import static org.assertj.core.api.Assertions.assertThat;

import metron.pipeline.flink.Turns.Turn;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private static final long MILLI = 1_000_000;

  private final Turns turns = new Turns();
  private long now;
  private long rubbish;
  private long others;

  @Test
  void readsEverythingAtOnceWhileNothingIsRubbishOrAllIs() {
    assertThat(turns.next(false, true, 0, 0, now)).isEqualTo(Turn.ALL);
    assertThat(turns.next(true, false, 0, 0, now)).isEqualTo(Turn.ALL);
  }

  @Test
  void givesRubbishAtMostItsShareOfTheTimeWhileOthersWait() {
    for (int i = 0; i < 20_000; i++) {
      Turn turn = turns.next(true, true, rubbish, others, now);
      if (turn == Turn.RUBBISH_ONLY) {
        rubbish += 8 * MILLI;
      } else {
        others += 3 * MILLI;
      }
      now += 3 * MILLI;
      turns.fetched(turn, false, MILLI / 10, false, now);
    }
    assertThat((double) rubbish / (rubbish + others)).isBetween(0.04, 0.055);
  }

  @Test
  void givesRubbishTheTimeThatNobodyElseWants() {
    int portions = 0;
    for (int i = 0; i < 1_000; i++) {
      Turn turn = turns.next(true, true, rubbish, others, now);
      if (turn == Turn.RUBBISH_ONLY) {
        rubbish += 8 * MILLI;
        portions++;
        turns.fetched(turn, false, MILLI / 10, false, now);
      } else {
        // Nothing of the others; woken after the longest wait.
        now += Turns.LONGEST_NANOS;
        turns.fetched(turn, true, Turns.LONGEST_NANOS, true, now);
      }
    }
    assertThat(portions).isGreaterThan(750);
  }

  @Test
  void doesNotKeepOthersWaitingForRubbishThatIsNotThere() {
    int rubbishTurns = 0;
    for (int i = 0; i < 1_000; i++) {
      Turn turn = turns.next(true, true, rubbish, others, now);
      if (turn == Turn.RUBBISH_ONLY) {
        rubbishTurns++;
        now += Turns.LONGEST_NANOS;
        turns.fetched(turn, true, Turns.LONGEST_NANOS, false, now);
      } else {
        others += MILLI;
        now += MILLI;
        turns.fetched(turn, false, MILLI / 10, false, now);
      }
    }
    assertThat(rubbishTurns).isLessThan(20);
  }
}
