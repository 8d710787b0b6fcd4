package metron.pipeline;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What each topic costs and whether it is worth it: the time spent on its messages, and whether most of the last ones became
/// dead letters. Readers of the log look here to keep one source of rubbish from taking the time of all others.
///
/// One [Meter] for each subtask.
public final class SensorMeters {
  private final Map<Integer, Meter> meters = new ConcurrentHashMap<>();

  /// The same object for the same number.
  public Meter meter(int subtask) {
    return meters.computeIfAbsent(subtask, _ -> new Meter());
  }

  /// Written by the thread that processes, read by any.
  public static final class Meter {
    /// How many messages decide whether a topic is rubbish; the last ones weigh most.
    static final int WINDOW = 2_000;

    // A few bad lines at the start of a file are no storm.
    private static final int LEAST = 200;

    private final Map<String, Line> lines = new ConcurrentHashMap<>();
    private @Nullable Line last;

    /// A message was processed.
    ///
    /// @param dead whether it became a dead letter
    public void add(String topic, long nanos, boolean dead) {
      Line line = last;
      if (line == null || !line.topic.equals(topic)) {
        line = lines.computeIfAbsent(topic, Line::new);
        last = line;
      }
      line.add(nanos, dead);
    }

    /// Whether most of the last messages of a topic became dead letters.
    public boolean isRubbish(String topic) {
      Line line = lines.get(topic);
      return line != null && line.rubbish;
    }

    /// Nanoseconds spent on the messages of a topic so far.
    public long nanos(String topic) {
      Line line = lines.get(topic);
      return line == null ? 0 : line.nanos;
    }
  }

  private static final class Line {
    private final String topic;
    private int messages;
    private int deadLetters;
    private volatile long nanos;
    private volatile boolean rubbish;

    private Line(String topic) {
      this.topic = topic;
    }

    // One thread writes.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void add(long more, boolean dead) {
      nanos += more;
      messages++;
      if (dead) {
        deadLetters++;
      }
      if (messages >= Meter.WINDOW) {
        messages /= 2;
        deadLetters /= 2;
      }
      boolean now = messages >= Meter.LEAST && deadLetters * 2 > messages;
      if (now != rubbish) {
        rubbish = now;
      }
    }
  }
}
