package metron.pipeline.kafka;

import java.util.function.LongSupplier;

/// Notices that a clock was set back between two looks. One thread.
final class ClockSetBack {
  private final LongSupplier millis;
  private long last;

  /// @param millis as `System::currentTimeMillis`
  ClockSetBack(LongSupplier millis) {
    this.millis = millis;
    this.last = millis.getAsLong();
  }

  boolean happened() {
    long before = last;
    last = millis.getAsLong();
    return last < before;
  }
}
