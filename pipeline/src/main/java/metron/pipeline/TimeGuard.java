package metron.pipeline;

import java.time.Duration;
import metron.event.RawMessage;

/// Keeps a slow step from stalling the stream. A running step can't be stopped, so: one that ran over its budget is marked
/// on the event, and one that does so [#STRIKES] times in a row is left out for [#REST], then tried again.
///
/// Three in a row, since a single pause is the garbage collector's, not the step's.
final class TimeGuard {
  static final int STRIKES = 3;
  static final Duration REST = Duration.ofSeconds(10);

  private final String step;
  private final long budgetNanos;
  private final StepFaults faults;
  private int strikes;
  private boolean resting;
  private long restUntil;

  TimeGuard(String step, Duration budget, StepFaults faults) {
    this.step = step;
    this.budgetNanos = budget.toNanos();
    this.faults = faults;
  }

  String step() {
    return step;
  }

  /// @param now reading of the nanosecond clock
  boolean mayRun(long now) {
    if (!resting) {
      return true;
    }
    if (now - restUntil < 0) {
      return false;
    }
    resting = false;
    // One more strike and it rests again.
    strikes = STRIKES - 1;
    return true;
  }

  /// To be called after the step.
  ///
  /// @param start what the clock read before it
  /// @param end what it reads now
  /// @return whether it was over its budget
  boolean over(long start, long end, RawMessage raw) {
    long took = end - start;
    if (took <= budgetNanos) {
      strikes = 0;
      return false;
    }
    faults.overTime(step, raw.origin(), took);
    if (++strikes >= STRIKES) {
      resting = true;
      restUntil = end + REST.toNanos();
      faults.suspended(step);
    }
    return true;
  }
}
