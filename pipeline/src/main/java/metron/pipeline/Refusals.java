package metron.pipeline;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Messages that a store could not take, found only when they were written. The store undoes what it had not committed, the
/// job goes back to its checkpoint, and the second time each of them becomes a dead letter before it reaches the store; so one
/// message that no store can take stops nothing but itself.
///
/// Where the store does not say which message of a batch it was, all of the batch are suspects and come by themselves the next
/// time. Kept in memory only: after a restart of the process the store refuses the same messages once more. Any thread.
public final class Refusals {
  // Each is a fault of ours that costs a restart of the job: there are few, or something else is
  // wrong.
  private static final int MOST = 10_000;

  private final Map<String, String> reasons = bounded();
  private final Map<String, Boolean> suspects = bounded();
  private volatile boolean any;

  private static <V> Map<String, V> bounded() {
    return Collections.synchronizedMap(
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > MOST;
          }
        });
  }

  /// Whether there are any: lets the hot path look at nothing more.
  public boolean any() {
    return any;
  }

  /// @param origin as [metron.event.RawMessage#origin]
  public void refuse(String origin, String reason) {
    suspects.remove(origin);
    reasons.put(origin, reason);
    any = true;
  }

  /// @param origins of the messages of a batch that failed
  public void suspect(Collection<String> origins) {
    origins.forEach(origin -> suspects.put(origin, true));
    any = true;
  }

  public boolean isSuspect(String origin) {
    return suspects.containsKey(origin);
  }

  /// A suspect was written by itself.
  public void clear(String origin) {
    suspects.remove(origin);
    any = !suspects.isEmpty() || !reasons.isEmpty();
  }

  /// Why a message was refused.
  ///
  /// @return null: it was not; nearly always, and on the hot path
  public @Nullable String reason(String origin) {
    return reasons.get(origin);
  }
}
