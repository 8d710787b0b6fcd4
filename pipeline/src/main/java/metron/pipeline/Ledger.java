package metron.pipeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The books of the pipeline: for each partition of the log how many messages were taken and what became of them. For each,
/// `taken = accepted + filtered + dead`, and `next - first = taken + missing`; where that does not hold, something was lost
/// or counted twice, and Health says so.
///
/// The stream job keeps the counts in its checkpoints, so after a crash they go back together with the positions they were
/// counted at. Each of its subtasks has a [Writer]; readers see what a writer last published, which is consistent in
/// itself. Any thread may read.
public final class Ledger {
  /// Counts of one partition.
  ///
  /// @param first offset of the first message taken
  /// @param next offset after the last message taken
  /// @param missing offsets that no message came for: deleted by retention before they were read, or no messages
  ///     (transaction markers of a foreign producer)
  /// @param accepted messages that became events
  /// @param filtered messages left out on purpose
  /// @param dead messages that became dead letters
  /// @param events events made of the accepted messages
  /// @param indexed accepted messages that the stores have; the others are on their way
  /// @param lastReceived when the newest message was taken in; null: none yet
  public record Count(
      String topic,
      int partition,
      long first,
      long next,
      long missing,
      long accepted,
      long filtered,
      long dead,
      long events,
      long indexed,
      @Nullable Instant lastReceived) {
    /// Messages taken, by their places in the log: independent of what was counted for their outcomes.
    public long received() {
      return next - first - missing;
    }

    /// 0 unless something was lost or counted twice.
    public long difference() {
      return received() - accepted - filtered - dead;
    }

    private Count plus(Count other) {
      // Two subtasks have counts of one partition only after it moved from one to the other; then
      // one stopped where the other went on.
      boolean before = next <= other.first;
      Count a = before ? this : other;
      Count b = before ? other : this;
      return new Count(
          topic,
          partition,
          a.first,
          b.next,
          a.missing + b.missing + Math.max(0, b.first - a.next),
          a.accepted + b.accepted,
          a.filtered + b.filtered,
          a.dead + b.dead,
          a.events + b.events,
          a.indexed + b.indexed,
          later(a.lastReceived, b.lastReceived));
    }
  }

  private final ConcurrentHashMap<Integer, Writer> writers = new ConcurrentHashMap<>();

  /// Counts by topic and partition, sorted.
  public List<Count> counts() {
    List<Count> all = new ArrayList<>();
    for (Writer writer : writers.values()) {
      all.addAll(writer.published);
    }
    return merged(all);
  }

  /// One count for each partition, sorted by topic and partition.
  public static List<Count> merged(List<Count> counts) {
    Map<String, Count> sum = new HashMap<>();
    for (Count count : counts) {
      sum.merge(count.topic() + "/" + count.partition(), count, Count::plus);
    }
    List<Count> sorted = new ArrayList<>(sum.values());
    sorted.sort(Comparator.comparing(Count::topic).thenComparingInt(Count::partition));
    return sorted;
  }

  /// The books of one subtask; the same object for the same number.
  public Writer writer(int subtask) {
    return writers.computeIfAbsent(subtask, _ -> new Writer());
  }

  /// Closes the books of subtasks that there are no more, after a change of parallelism.
  public void keepWriters(int parallelism) {
    writers.keySet().removeIf(subtask -> subtask >= parallelism);
  }

  /// Keeps the books of one thread. Only [#published] is seen by others.
  public static final class Writer {
    private final Map<String, Line> lines = new HashMap<>();
    private volatile List<Count> published = List.of();
    private @Nullable Line last;

    /// Forgets everything and starts from these counts, as a checkpoint had them. What was accepted by then is in the
    /// stores, since they are flushed before a checkpoint is complete.
    ///
    /// Only one subtask gets the counts of all, [#merged]; the others start empty. So a partition has at most two lines,
    /// the older of which ended where the newer began.
    public void restore(List<Count> counts) {
      lines.clear();
      last = null;
      for (Count c : counts) {
        Line line = new Line(c.topic(), c.partition(), c.first());
        line.next = c.next();
        line.missing = c.missing();
        line.accepted = c.accepted();
        line.filtered = c.filtered();
        line.dead = c.dead();
        line.events = c.events();
        line.indexed = c.accepted();
        line.lastReceived = c.lastReceived();
        lines.put(key(c.topic(), c.partition()), line);
      }
      publish();
    }

    public void accepted(String topic, int partition, long offset, Instant received, int events) {
      Line line = taken(topic, partition, offset, received);
      line.accepted++;
      line.events += events;
    }

    public void filtered(String topic, int partition, long offset, Instant received) {
      taken(topic, partition, offset, received).filtered++;
    }

    public void dead(String topic, int partition, long offset, Instant received) {
      taken(topic, partition, offset, received).dead++;
    }

    /// One accepted message is in the stores now.
    public void indexed(String topic, int partition) {
      line(topic, partition, 0).indexed++;
    }

    /// Lets readers see all that was counted so far.
    public void publish() {
      published = snapshot();
    }

    /// All counts of this subtask, for the checkpoint.
    public List<Count> snapshot() {
      List<Count> counts = new ArrayList<>();
      for (Line l : lines.values()) {
        counts.add(
            new Count(
                l.topic,
                l.partition,
                l.first,
                l.next,
                l.missing,
                l.accepted,
                l.filtered,
                l.dead,
                l.events,
                l.indexed,
                l.lastReceived));
      }
      return List.copyOf(counts);
    }

    private Line taken(String topic, int partition, long offset, Instant received) {
      Line line = line(topic, partition, offset);
      if (offset > line.next) {
        line.missing += offset - line.next;
      } else if (offset < line.next) {
        // The topic was made anew and counts from 0 again; what was received before stays counted.
        line.first = offset - (line.next - line.first - line.missing);
        line.missing = 0;
      }
      line.next = offset + 1;
      line.lastReceived = received;
      return line;
    }

    private Line line(String topic, int partition, long offset) {
      Line recent = last;
      if (recent != null && recent.partition == partition && recent.topic.equals(topic)) {
        return recent;
      }
      Line found =
          lines.computeIfAbsent(key(topic, partition), _ -> new Line(topic, partition, offset));
      last = found;
      return found;
    }

    private static String key(String topic, int partition) {
      return topic + "/" + partition;
    }
  }

  private static final class Line {
    final String topic;
    final int partition;
    long first;
    long next;
    long missing;
    long accepted;
    long filtered;
    long dead;
    long events;
    long indexed;
    @Nullable Instant lastReceived;

    Line(String topic, int partition, long first) {
      this.topic = topic;
      this.partition = partition;
      this.first = first;
      this.next = first;
    }
  }

  private static @Nullable Instant later(@Nullable Instant a, @Nullable Instant b) {
    return a == null ? b : b == null || a.isAfter(b) ? a : b;
  }
}
