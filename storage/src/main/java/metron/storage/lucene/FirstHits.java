package metron.storage.lucene;

import java.io.IOException;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.LeafCollector;
import org.jspecify.annotations.Nullable;

/// Hands those documents of a segment to a collector of the first hits that may be among them, by the first key of the sort.
///
/// Events lie in order of time, and mostly the newest are asked for: each document then beats the one before, and a queue that
/// sees them one after the other takes in nearly all. Here a block's keys are looked at from its end, so that the first few
/// rule out the rest. For a sort by a number of which no document of the segment has two; all documents are handed on otherwise.
final class FirstHits {
  private final LeafCollector to;
  private final @Nullable NumericDocValues values;
  private final boolean descending;
  private final boolean continued;
  // Keys are such that larger ones come first.
  private final long bound;
  private final long[] heap;
  private int size;
  private final long[] keys;

  /// @param size hits that are wanted
  /// @param after hit that the wanted ones come after; null: from the first on
  /// @param block most documents of a call of [#collect]
  static FirstHits of(
      LeafCollector to,
      LeafReader reader,
      FieldLayout layout,
      boolean descending,
      int size,
      @Nullable FieldDoc after,
      int block)
      throws IOException {
    NumericDocValues values =
        layout.numeric()
            ? DocValues.unwrapSingleton(
                DocValues.getSortedNumeric(
                    reader, java.util.Objects.requireNonNull(layout.values())))
            : null;
    return new FirstHits(to, values, descending, size, after, block);
  }

  FirstHits(
      LeafCollector to,
      @Nullable NumericDocValues values,
      boolean descending,
      int size,
      @Nullable FieldDoc after,
      int block) {
    this.to = to;
    this.values = values;
    this.descending = descending;
    this.continued = after != null;
    this.bound = after != null && after.fields[0] instanceof Long v ? key(v) : Long.MAX_VALUE;
    this.heap = new long[values == null ? 0 : size];
    this.keys = new long[values == null ? 0 : block];
  }

  private long key(long value) {
    return descending ? value : ~value;
  }

  void collect(int[] docs, int n) throws IOException {
    if (values == null) {
      for (int i = 0; i < n; i++) {
        to.collect(docs[i]);
      }
      return;
    }
    // As in Search#sort: what has no value comes last.
    values.longValues(n, docs, keys, descending ? Long.MIN_VALUE : Long.MAX_VALUE);
    for (int i = n - 1; i >= 0; i--) {
      long key = key(keys[i]);
      keys[i] = key;
      // One that ties with the hit before may have been a hit before it.
      if (!continued || key < bound) {
        offer(key);
      }
    }
    long worst = size < heap.length ? Long.MIN_VALUE : heap[0];
    for (int i = 0; i < n; i++) {
      long key = keys[i];
      if (key >= worst && key <= bound) {
        to.collect(docs[i]);
      }
    }
  }

  /// The best keys so far are a heap with the worst of them at its root.
  private void offer(long key) {
    if (size < heap.length) {
      int at = size++;
      while (at > 0 && heap[(at - 1) >> 1] > key) {
        heap[at] = heap[(at - 1) >> 1];
        at = (at - 1) >> 1;
      }
      heap[at] = key;
    } else if (key > heap[0]) {
      int at = 0;
      for (int child = 1; child < size; child = 2 * at + 1) {
        if (child + 1 < size && heap[child + 1] < heap[child]) {
          child++;
        }
        if (heap[child] >= key) {
          break;
        }
        heap[at] = heap[child];
        at = child;
      }
      heap[at] = key;
    }
  }
}
