package metron.pipeline;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts what steps did that they must not: threw an exception, or ran over their time. Each kind is logged once, with the
/// stack trace of the first; the message it happened on is a dead letter or marked, so nothing is lost.
///
/// One for all pipelines of a process. All methods may be called from any thread.
public final class StepFaults {
  private static final Logger LOG = LoggerFactory.getLogger(StepFaults.class);
  // Kinds are made of names in our code and of rules, so there are few; the limit guards against a
  // surprise.
  private static final int MAX_KINDS = 1_000;

  private final ConcurrentHashMap<String, LongAdder> counts = new ConcurrentHashMap<>();

  /// How often each kind happened, such as `geo: NullPointerException`.
  public Map<String, Long> counts() {
    Map<String, Long> snapshot = new TreeMap<>();
    counts.forEach((kind, count) -> snapshot.put(kind, count.sum()));
    return snapshot;
  }

  void thrown(String step, String origin, Throwable failure) {
    String kind = step + ": " + failure.getClass().getSimpleName();
    if (first(kind)) {
      LOG.error(
          "a fault in Metron: step {} failed on {}; further ones of this kind are only counted",
          step,
          origin,
          failure);
    }
  }

  /// A rule of the user's has no answer for an event, which goes on without it.
  void ruleFailed(String rule, String reason) {
    if (first(rule + ": no answer")) {
      LOG.warn("{} fails: {}; further failures of it are only counted", rule, reason);
    }
  }

  void overTime(String step, String origin, long nanos) {
    if (first(step + ": over time")) {
      LOG.warn(
          "step {} took {} ms on {}; further ones are only counted",
          step,
          nanos / 1_000_000,
          origin);
    }
  }

  void suspended(String step) {
    if (first(step + ": suspended")) {
      LOG.warn("step {} is left out for a while, since it keeps running over its time", step);
    }
  }

  private boolean first(String kind) {
    LongAdder count = counts.get(kind);
    boolean isNew = count == null && counts.size() < MAX_KINDS;
    if (isNew) {
      count = new LongAdder();
      LongAdder other = counts.putIfAbsent(kind, count);
      isNew = other == null;
      count = other == null ? count : other;
    }
    if (count != null) {
      count.increment();
    }
    return isNew;
  }
}
