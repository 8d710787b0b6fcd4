package metron.pipeline.intake;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// The numbers behind a [SourceStatus]; many threads may count at once.
final class SourceCounters {
  final LongAdder records = new LongAdder();
  final LongAdder bytes = new LongAdder();
  final LongAdder rejected = new LongAdder();
  final AtomicInteger connections = new AtomicInteger();
  private volatile @Nullable String problem;

  void taken(int length) {
    records.increment();
    bytes.add(length);
  }

  void problem(@Nullable String text) {
    problem = text;
  }

  SourceStatus status(String name, String where, long dropped) {
    return new SourceStatus(
        name,
        where,
        records.sum(),
        bytes.sum(),
        rejected.sum(),
        dropped,
        connections.get(),
        problem);
  }
}
