package metron.storage.lucene;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedNumericDocValues;
import org.jspecify.annotations.Nullable;

/// Matching documents of one segment per bucket of time, and per value of a second field.
final class TimeCounts {
  static final int MAX_BUCKETS = 100_000;

  private final @Nullable SortedNumericDocValues times;
  private final @Nullable NumericDocValues single;
  private final long interval;
  private final @Nullable SegmentValues split;
  private final @Nullable LongTable splitTable;
  private final LongTable buckets;
  private long[] counts = new long[64];
  private final LongTable pairs;
  private long[] pairCounts = new long[64];
  // Events come nearly in order of time, so the bucket of the last one is mostly right and saves a
  // division.
  private long from = 1;
  private long to;
  private int bucket;

  TimeCounts(SortedNumericDocValues times, long interval, @Nullable SegmentValues split) {
    this.times = times;
    this.single = DocValues.unwrapSingleton(times);
    this.interval = interval;
    this.split = split;
    this.splitTable = split == null ? null : split.table();
    this.buckets = new LongTable();
    this.pairs = new LongTable();
  }

  private TimeCounts(TimeCounts counted, @Nullable SegmentValues split) {
    this.times = null;
    this.single = null;
    this.interval = counted.interval;
    this.split = split;
    this.splitTable = counted.splitTable;
    this.buckets = counted.buckets;
    this.pairs = counted.pairs;
    this.counts = counted.counts;
    this.pairCounts = counted.pairCounts;
  }

  /// The numbers that the split's ids stand for, if it has any.
  @Nullable LongTable splitTable() {
    return splitTable;
  }

  /// The same counts, to which nothing can be added any more.
  ///
  /// @param values the split's values, opened for the thread that will ask; null: nobody will ask yet
  TimeCounts finished(@Nullable SegmentValues values) {
    return new TimeCounts(this, values);
  }

  long bytes() {
    return buckets.bytes() + pairs.bytes() + 8L * counts.length + 8L * pairCounts.length;
  }

  void collect(int[] docs, int n) throws IOException {
    for (int i = 0; i < n; i++) {
      long time;
      if (single != null) {
        if (!single.advanceExact(docs[i])) {
          continue;
        }
        time = single.longValue();
      } else {
        SortedNumericDocValues several = java.util.Objects.requireNonNull(times);
        if (!several.advanceExact(docs[i])) {
          continue;
        }
        time = several.nextValue();
      }
      if (time < from || time > to) {
        long start = Math.floorDiv(time, interval);
        bucket = buckets.id(start);
        if (buckets.size() > MAX_BUCKETS) {
          throw new IllegalArgumentException(
              "the histogram has more than "
                  + MAX_BUCKETS
                  + " buckets: ask for a longer interval or a shorter time");
        }
        from = time - Math.floorMod(time, interval);
        long last = from + interval - 1;
        to = last < from ? Long.MAX_VALUE : last;
        if (bucket >= counts.length) {
          counts = java.util.Arrays.copyOf(counts, counts.length * 2);
        }
      }
      counts[bucket]++;
      if (split != null) {
        int found = split.of(docs[i]);
        for (int k = 0; k < found; k++) {
          int pair = pairs.id(((long) bucket << 32) | split.ids[k]);
          if (pair >= pairCounts.length) {
            pairCounts = java.util.Arrays.copyOf(pairCounts, pairCounts.length * 2);
          }
          pairCounts[pair]++;
        }
      }
    }
  }

  /// Adds the counts to `into`: number of the bucket since the epoch to count.
  void addTo(Map<Long, Long> into) {
    for (int i = 0; i < buckets.size(); i++) {
      into.merge(buckets.key(i), counts[i], Long::sum);
    }
  }

  /// The split values' counts over all buckets.
  ValueCounts splitTotals() {
    ValueCounts totals = new ValueCounts(java.util.Objects.requireNonNull(split));
    for (int i = 0; i < pairs.size(); i++) {
      totals.add((int) pairs.key(i), (int) pairCounts[i]);
    }
    return totals;
  }

  void addSplitTo(Map<Long, Map<String, Long>> into, java.util.List<String> values)
      throws IOException {
    Map<Integer, String> wanted = new HashMap<>();
    for (String value : values) {
      int id = java.util.Objects.requireNonNull(split).find(value);
      if (id >= 0) {
        wanted.put(id, value);
      }
    }
    for (int i = 0; i < pairs.size(); i++) {
      String value = wanted.get((int) pairs.key(i));
      if (value != null) {
        into.computeIfAbsent(
                buckets.key((int) (pairs.key(i) >>> 32)), b -> new java.util.LinkedHashMap<>())
            .merge(value, pairCounts[i], Long::sum);
      }
    }
  }
}
