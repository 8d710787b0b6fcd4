package metron.storage.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;
import metron.storage.SearchResult.Count;

/// How many matching documents have each value, in one segment; and the most frequent over many segments.
final class ValueCounts {
  private static final Comparator<Count> MOST_FIRST =
      Comparator.comparingLong(Count::count).reversed().thenComparing(Count::value);

  final SegmentValues values;
  private int[] counts = new int[0];

  ValueCounts(SegmentValues values) {
    this.values = values;
  }

  /// Values that have been counted before; nothing is added to `counts`.
  ValueCounts(SegmentValues values, int[] counts) {
    this.values = values;
    this.counts = counts;
  }

  int[] counts() {
    return counts;
  }

  void collect(int[] docs, int n) throws IOException {
    values.count(docs, n, this);
  }

  /// The counts, with room for every id that there is so far.
  int[] room() {
    if (counts.length < values.size()) {
      counts = Arrays.copyOf(counts, values.size());
    }
    return counts;
  }

  void add(int id, int by) {
    if (id >= counts.length) {
      counts = Arrays.copyOf(counts, Math.max(values.size(), id + 1) + counts.length / 2);
    }
    counts[id] += by;
  }

  private long of(String text) throws IOException {
    int id = values.find(text);
    return id < 0 || id >= counts.length ? 0 : counts[id];
  }

  /// The `size` most frequent values that `wanted` takes, exactly.
  ///
  /// With many distinct values only the most frequent of each segment are candidates, counted in all segments (the threshold
  /// algorithm, Fagin, Lotem and Naor 2001): whatever is no candidate has at most the sum of the segments' cut-off counts. If
  /// that could be among the winners, more candidates are taken.
  static List<Count> top(List<ValueCounts> segments, int size, Predicate<String> wanted)
      throws IOException {
    for (int each = Math.max(1000, size * 4); ; each = each > 1 << 28 ? each : each * 8) {
      Set<String> candidates = new HashSet<>();
      long unseen = 0;
      for (ValueCounts segment : segments) {
        int cut = segment.cutOff(each);
        unseen += cut - 1;
        for (int id = 0; id < segment.counts.length; id++) {
          if (segment.counts[id] >= cut) {
            String text = segment.values.text(id);
            if (wanted.test(text)) {
              candidates.add(text);
            }
          }
        }
      }
      Map<String, Long> sums = new HashMap<>();
      for (String candidate : candidates) {
        long sum = 0;
        for (ValueCounts segment : segments) {
          sum += segment.of(candidate);
        }
        sums.put(candidate, sum);
      }
      PriorityQueue<Count> best = new PriorityQueue<>(MOST_FIRST.reversed());
      sums.forEach(
          (value, count) -> {
            best.add(new Count(value, count));
            if (best.size() > size) {
              best.poll();
            }
          });
      if (unseen == 0 || (best.size() == size && best.element().count() > unseen)) {
        List<Count> sorted = new ArrayList<>(best);
        sorted.sort(MOST_FIRST);
        return sorted;
      }
    }
  }

  /// The smallest count c of 1 or more such that not many more than `wanted` values have c or more.
  private int cutOff(int wanted) {
    int distinct = 0;
    for (int c : counts) {
      if (c > 0) {
        distinct++;
      }
    }
    if (distinct <= wanted) {
      return 1;
    }
    int[] sorted = new int[distinct];
    int n = 0;
    for (int c : counts) {
      if (c > 0) {
        sorted[n++] = c;
      }
    }
    Arrays.sort(sorted);
    int cut = sorted[distinct - wanted];
    // Ties at the cut may be very many: the next higher count leaves them out.
    return distinct - Arrays.binarySearch(sorted, cut) > wanted * 4 ? cut + 1 : cut;
  }
}
