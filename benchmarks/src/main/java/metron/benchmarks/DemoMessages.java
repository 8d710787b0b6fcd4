package metron.benchmarks;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import metron.demo.DemoRecord;
import metron.demo.DemoScenario;
import metron.event.RawMessage;

/// The demo's background traffic as messages, the same ones in every run.
final class DemoMessages {
  static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

  private DemoMessages() {}

  /// @param sensor only this one's lines; empty: all, in the demo's own mix
  static List<RawMessage> of(String sensor, int count) {
    List<RawMessage> messages = new ArrayList<>(count);
    Iterator<DemoRecord> records = new DemoScenario(42, START).withBackgroundOnly().iterator();
    for (long offset = 0; messages.size() < count; offset++) {
      DemoRecord record = records.next();
      if (sensor.isEmpty() || sensor.equals(record.sensor())) {
        messages.add(
            new RawMessage(
                record.sensor(),
                "raw." + record.sensor(),
                0,
                offset,
                record.at(),
                record.line(),
                record.metadata()));
      }
      if (offset > 50_000_000L) {
        throw new IllegalStateException("the demo has no lines of sensor " + sensor);
      }
    }
    return messages;
  }

  static double averageBytes(List<RawMessage> messages) {
    return messages.stream().mapToInt(m -> m.bytes().length).average().orElseThrow();
  }
}
