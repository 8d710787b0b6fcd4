package metron.storage.lucene;

import java.io.IOException;
import java.util.Arrays;
import metron.event.FieldType;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/// The values of one field in one segment, each by a small number: its ordinal, or for numbers the order of first sight. For
/// one thread, documents in ascending order.
abstract sealed class SegmentValues {
  /// Ids of the document's distinct values go to `ids[0..n)`.
  ///
  /// @return n
  abstract int of(int doc) throws IOException;

  int[] ids = new int[4];

  /// Adds one for each of the documents and each of its distinct values.
  void count(int[] docs, int n, ValueCounts into) throws IOException {
    for (int i = 0; i < n; i++) {
      int found = of(docs[i]);
      for (int k = 0; k < found; k++) {
        into.add(ids[k], 1);
      }
    }
  }

  /// One more than the largest id so far.
  abstract int size();

  /// The value that an id stands for: as text, and in the same form in every segment.
  abstract String text(int id) throws IOException;

  /// @return -1 if no document of the segment has it
  abstract int find(String text) throws IOException;

  /// The numbers that ids stand for; null: ids are ordinals, the same each time the values are opened.
  @Nullable LongTable table() {
    return null;
  }

  /// The values of which some have been counted before.
  ///
  /// @param counted of [#table]; nothing is added to it
  static SegmentValues reopen(LeafReader reader, FieldLayout layout, @Nullable LongTable counted)
      throws IOException {
    return counted == null ? open(reader, layout) : new Numbers(null, layout.type(), counted);
  }

  static SegmentValues open(LeafReader reader, FieldLayout layout) throws IOException {
    String values = layout.values();
    if (values == null) {
      throw new IllegalArgumentException(
          "values of " + layout.name() + " are not counted, since nearly each occurs once");
    }
    if (layout.numeric()) {
      return new Numbers(
          DocValues.getSortedNumeric(reader, values), layout.type(), new LongTable());
    }
    SortedSetDocValues set = DocValues.getSortedSet(reader, values);
    if (layout.ext()) {
      return new Texts(set, null, layout);
    }
    return new Texts(set, DocValues.unwrapSingleton(set), layout);
  }

  private static final class Texts extends SegmentValues {
    private final SortedSetDocValues set;
    private final @Nullable SortedDocValues single;
    private final FieldLayout layout;
    private final BytesRef prefix;
    // Ordinals of the field's values; all but for the shared field of those outside the catalogue.
    private final long first;
    private final long end;

    Texts(SortedSetDocValues set, @Nullable SortedDocValues single, FieldLayout layout)
        throws IOException {
      this.set = set;
      this.single = single;
      this.layout = layout;
      if (layout.ext()) {
        prefix = layout.prefix().term();
        first = from(set.lookupTerm(prefix));
        BytesRef last = BytesRef.deepCopyOf(prefix);
        last.bytes[last.offset + last.length - 1]++;
        end = from(set.lookupTerm(last));
      } else {
        prefix = new BytesRef();
        first = 0;
        end = set.getValueCount();
      }
    }

    private static long from(long found) {
      return found < 0 ? -found - 1 : found;
    }

    @Override
    int of(int doc) throws IOException {
      if (single != null) {
        if (single.advanceExact(doc)) {
          ids[0] = single.ordValue();
          return 1;
        }
        return 0;
      }
      if (!set.advanceExact(doc)) {
        return 0;
      }
      int count = set.docValueCount();
      int n = 0;
      for (int i = 0; i < count; i++) {
        long ord = set.nextOrd();
        if (ord >= first && ord < end) {
          if (n == ids.length) {
            ids = Arrays.copyOf(ids, n * 2);
          }
          ids[n++] = (int) (ord - first);
        }
      }
      return n;
    }

    @Override
    void count(int[] docs, int n, ValueCounts into) throws IOException {
      int[] counts = into.room();
      if (single != null) {
        for (int i = 0; i < n; i++) {
          if (single.advanceExact(docs[i])) {
            counts[single.ordValue()]++;
          }
        }
        return;
      }
      for (int i = 0; i < n; i++) {
        if (set.advanceExact(docs[i])) {
          for (int k = set.docValueCount(); k > 0; k--) {
            long ord = set.nextOrd();
            if (ord >= first && ord < end) {
              counts[(int) (ord - first)]++;
            }
          }
        }
      }
    }

    @Override
    int size() {
      return (int) (end - first);
    }

    @Override
    String text(int id) throws IOException {
      BytesRef bytes = set.lookupOrd(first + id);
      if (layout.type() == FieldType.IP) {
        return ValueText.ip(bytes).toString();
      }
      return Utf8.text(
          new BytesRef(bytes.bytes, bytes.offset + prefix.length, bytes.length - prefix.length));
    }

    @Override
    int find(String text) throws IOException {
      BytesRef key =
          layout.type() == FieldType.IP
              ? new BytesRef(metron.event.IpAddress.parse(text).orElseThrow().bytes16())
              : Utf8.bytes(layout.ext() ? layout.name() + FieldLayout.SEPARATOR + text : text);
      long ord = set.lookupTerm(key);
      return ord < 0 ? -1 : (int) (ord - first);
    }
  }

  private static final class Numbers extends SegmentValues {
    private final @Nullable SortedNumericDocValues numbers;
    private final @Nullable NumericDocValues single;
    private final FieldType type;
    private final LongTable table;
    private final java.util.HashMap<String, Integer> byText = new java.util.HashMap<>();

    Numbers(@Nullable SortedNumericDocValues numbers, FieldType type, LongTable table) {
      this.numbers = numbers;
      this.single = numbers == null ? null : DocValues.unwrapSingleton(numbers);
      this.type = type;
      this.table = table;
    }

    @Override
    LongTable table() {
      return table;
    }

    @Override
    void count(int[] docs, int n, ValueCounts into) throws IOException {
      if (single == null) {
        super.count(docs, n, into);
        return;
      }
      for (int i = 0; i < n; i++) {
        if (single.advanceExact(docs[i])) {
          into.add(table.id(single.longValue()), 1);
        }
      }
    }

    @Override
    int of(int doc) throws IOException {
      SortedNumericDocValues several = java.util.Objects.requireNonNull(numbers);
      if (!several.advanceExact(doc)) {
        return 0;
      }
      int count = several.docValueCount();
      int n = 0;
      long before = 0;
      for (int i = 0; i < count; i++) {
        long value = several.nextValue();
        if (i > 0 && value == before) {
          continue;
        }
        before = value;
        if (n == ids.length) {
          ids = Arrays.copyOf(ids, n * 2);
        }
        ids[n++] = table.id(value);
      }
      return n;
    }

    @Override
    int size() {
      return table.size();
    }

    @Override
    String text(int id) {
      return ValueText.text(ValueText.number(type, table.key(id)));
    }

    @Override
    int find(String text) {
      if (byText.size() != table.size()) {
        for (int i = byText.size(); i < table.size(); i++) {
          byText.put(text(i), i);
        }
      }
      return byText.getOrDefault(text, -1);
    }
  }
}
