package metron.pipeline.intake;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import metron.pipeline.kafka.RawLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The log as sources without an answer to their sender see it: a record that does not get through is tried again until it
/// does or the intake is closed, so a broker that is away for a while slows senders down and loses nothing.
final class PatientLog {
  private static final Logger LOG = LoggerFactory.getLogger(PatientLog.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final RawLog log;
  private volatile boolean closed;

  PatientLog(RawLog log) {
    this.log = log;
  }

  /// Blocks while the log is full or away. A record that could not be taken because the intake was closed is counted as
  /// rejected.
  void append(
      String sensor,
      Instant received,
      byte[] record,
      Map<String, String> metadata,
      SourceCounters counters) {
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        var _ =
            log.append(sensor, record, metadata, received)
                .whenComplete(
                    (_, failure) -> {
                      if (failure == null) {
                        counters.taken(record.length);
                      } else {
                        again(sensor, received, record, metadata, counters, failure);
                      }
                    });
        if (!pause.equals(FIRST_PAUSE)) {
          counters.problem(null);
        }
        return;
      } catch (IOException e) {
        counters.problem(e.getMessage());
        LOG.warn("the log takes no records, trying again in {}: {}", pause, e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        counters.rejected.increment();
        return;
      }
      if (closed || !Threads.pause(pause)) {
        counters.rejected.increment();
        return;
      }
      Duration twice = pause.multipliedBy(2);
      pause = twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }
  }

  /// Not on the thread that told of the failure: it is the one that writes.
  private void again(
      String sensor,
      Instant received,
      byte[] record,
      Map<String, String> metadata,
      SourceCounters counters,
      Throwable failure) {
    if (closed) {
      counters.rejected.increment();
      return;
    }
    counters.problem(failure.getMessage());
    Thread.ofVirtual()
        .name("intake-again")
        .start(() -> append(sensor, received, record, metadata, counters));
  }

  /// No further attempts.
  void close() {
    closed = true;
  }
}
