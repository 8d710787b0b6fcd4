package metron.storage.lucene;

import java.io.Reader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.Field;
import metron.event.FieldType;
import metron.event.IpAddress;
import metron.event.binary.EventCodec;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.BytesTermAttribute;
import org.apache.lucene.document.InvertableType;
import org.apache.lucene.document.StoredValue;
import org.apache.lucene.index.DocValuesSkipIndexType;
import org.apache.lucene.index.DocValuesType;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.IndexableFieldType;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.NumericUtils;
import org.jspecify.annotations.Nullable;

/// An event as Lucene fields, laid out as [FieldLayout] says. One for each writing thread: its slots and bytes are used again
/// for the next event, instead of new field objects for each.
///
/// Beside the event's own fields: [FieldLayout#TERMS] has their terms and marks, [FieldLayout#TEXT] each word of the event once
/// (without positions; a phrase is checked on the stored event), [FieldLayout#SEQUENCE] the order of arrival,
/// [FieldLayout#STORED] the event itself.
final class EventDocument implements Iterable<IndexableField> {
  private static final IndexableFieldType TERMS =
      type(IndexOptions.DOCS, DocValuesType.NONE, false, false);
  private static final IndexableFieldType TERMS_AND_VALUES =
      type(IndexOptions.DOCS, DocValuesType.SORTED_SET, false, false);
  private static final IndexableFieldType VALUES =
      type(IndexOptions.NONE, DocValuesType.SORTED_SET, false, false);
  private static final IndexableFieldType NUMBERS =
      type(IndexOptions.NONE, DocValuesType.SORTED_NUMERIC, true, false);
  private static final IndexableFieldType SEQUENCE_TYPE =
      type(IndexOptions.NONE, DocValuesType.NUMERIC, false, false);
  private static final IndexableFieldType STORED_TYPE =
      type(IndexOptions.NONE, DocValuesType.NONE, false, true);
  private static final IndexableFieldType TOKENS = tokens();

  private final List<Slot> slots = new ArrayList<>();
  private int used;
  private byte[] bytes = new byte[16 * 1024];
  private int length;
  private final EventCodec.Encoder encoder = new EventCodec.Encoder();
  // Terms are ranges of `bytes`: start and length, one after the other.
  private int[] terms = new int[256];
  private int termCount;
  private final WordSet words = new WordSet();
  private final TokenField termField = new TokenField(FieldLayout.TERMS, new Terms());
  private final TokenField textField = new TokenField(FieldLayout.TEXT, new Words());
  private final List<IndexableField> tokenFields = new ArrayList<>(2);

  /// Most bytes of an event as it is stored. A record is 1 MiB at most and its original text is one field of the event; what
  /// is 16 times larger is a fault of a parser, and each search that shows it would have to read it.
  static final int MAX_STORED = 16 << 20;

  /// Most values of an event, lists counted by their items.
  static final int MAX_VALUES = 100_000;

  /// As [metron.storage.EventStore#refusal].
  static @Nullable String refusal(Event event) {
    long characters = 0;
    long values = 0;
    for (int i = 0; i < event.size(); i++) {
      Object ref = event.refAt(i);
      if (ref instanceof String s) {
        characters += s.length();
        values++;
      } else if (ref instanceof List<?> list) {
        values += list.size();
        for (Object value : list) {
          if (value instanceof String s) {
            characters += s.length();
          }
        }
      } else {
        values++;
      }
    }
    if (values > MAX_VALUES) {
      return "the event has " + values + " values, expected at most " + MAX_VALUES;
    }
    // Three bytes a character and some dozens a value at most: nearly every event ends here.
    if (characters * 3 + values * 32 <= MAX_STORED) {
      return null;
    }
    int bytes = EventCodec.bytes(event).length;
    return bytes <= MAX_STORED
        ? null
        : "the event has " + bytes + " bytes as stored, expected at most " + MAX_STORED;
  }

  /// Takes an event in; what was there before is gone.
  ///
  /// @param sequence order of arrival
  EventDocument fill(Event event, long sequence) {
    clear();
    for (int i = 0; i < event.size(); i++) {
      if (!event.isNullAt(i)) {
        Object ref = event.refAt(i);
        add(FieldLayout.of(event.fieldAt(i)), ref, event.bitsAt(i));
      }
    }
    finish(event, sequence);
    return this;
  }

  /// Takes an event that Lucene refused when it came whole: found by its id and its time only.
  EventDocument fillBare(Event event, long sequence) {
    clear();
    for (Field field : List.of(Ecs.TIMESTAMP, Ecs.EVENT_ID)) {
      Object value = event.get(field);
      if (value != null) {
        add(
            FieldLayout.of(field),
            value instanceof String ? value : null,
            field.type() == FieldType.INSTANT ? event.nanos(field, 0) : 0);
      }
    }
    finish(event, sequence);
    return this;
  }

  /// Adds an exact id to replace the document by, and further bytes to keep.
  EventDocument identified(String id, BytesRef state) {
    Slot term = slot(FieldLayout.ID, TERMS);
    BytesRef utf8 = Utf8.bytes(id);
    term.bytes.bytes = utf8.bytes;
    term.bytes.offset = utf8.offset;
    term.bytes.length = utf8.length;
    Slot stored = slot(FieldLayout.STATE, STORED_TYPE);
    stored.bytes.bytes = state.bytes;
    stored.bytes.offset = state.offset;
    stored.bytes.length = state.length;
    return this;
  }

  private void clear() {
    used = 0;
    length = 0;
    termCount = 0;
    words.clear();
  }

  private void finish(Event event, long sequence) {
    slot(FieldLayout.SEQUENCE, SEQUENCE_TYPE).number = sequence;
    Slot stored = slot(FieldLayout.STORED, STORED_TYPE);
    stored.bytes.length = encoder.encode(event);
    stored.bytes.bytes = encoder.array();
    stored.bytes.offset = 0;
    tokenFields.clear();
    if (termCount > 0) {
      tokenFields.add(termField);
    }
    if (words.size() > 0) {
      tokenFields.add(textField);
    }
    // The bytes may have moved while they grew.
    for (int i = 0; i < used; i++) {
      Slot s = slots.get(i);
      if (s.own) {
        s.bytes.bytes = bytes;
      }
    }
  }

  private void add(FieldLayout layout, @Nullable Object ref, long bits) {
    if (ref instanceof List<?> list) {
      boolean isLong = false;
      boolean withoutValue = false;
      for (Object value : list) {
        if (value instanceof String s) {
          isLong |= tooLong(layout, s);
          withoutValue |= withoutValue(layout, s);
          addText(layout, s);
        } else {
          addValue(layout, value);
        }
      }
      mark(layout, isLong, withoutValue);
    } else if (ref instanceof String s) {
      if (layout.type() == FieldType.STRING) {
        addText(layout, s);
        mark(layout, tooLong(layout, s), withoutValue(layout, s));
      }
    } else if (ref != null) {
      addValue(layout, ref);
      mark(layout, false, false);
    } else if (layout.ext()) {
      addText(layout, extText(layout.field(), bits));
      mark(layout, false, false);
    } else {
      addNumber(layout, bits);
    }
  }

  private static String extText(Field field, long bits) {
    return ValueText.text(
        switch (field.type()) {
          case LONG -> bits;
          case DOUBLE -> Double.longBitsToDouble(bits);
          case BOOLEAN -> bits != 0;
          case INSTANT -> ValueText.instant(bits);
          case STRING, IP -> "";
        });
  }

  private void addValue(FieldLayout layout, Object value) {
    if (layout.ext()) {
      addText(layout, ValueText.text(value));
    } else if (value instanceof IpAddress ip) {
      Slot slot = slot(layout.values(), TERMS_AND_VALUES);
      int start = reserve(16);
      for (int i = 0; i < 8; i++) {
        bytes[start + i] = (byte) (ip.high() >> (56 - 8 * i));
        bytes[start + 8 + i] = (byte) (ip.low() >> (56 - 8 * i));
      }
      own(slot, start);
    } else {
      addNumber(layout, ValueText.bits(value));
    }
  }

  private void addNumber(FieldLayout layout, long bits) {
    slot(layout.values(), NUMBERS).number =
        layout.type() == FieldType.DOUBLE
            ? NumericUtils.doubleToSortableLong(Double.longBitsToDouble(bits))
            : bits;
  }

  private void addText(FieldLayout layout, String value) {
    words.addAll(value);
    if (!layout.ext() && value.length() <= FieldLayout.MAX_VALUE && addAscii(layout, value)) {
      return;
    }
    if (!tooLong(layout, value)) {
      int start = length;
      bytes(layout.prefix());
      utf8(FieldLayout.lower(value));
      term(start);
    }
    if (!withoutValue(layout, value)) {
      Slot slot = slot(layout.values(), VALUES);
      int start = length;
      if (layout.ext()) {
        bytes(layout.prefix());
      }
      utf8(value);
      own(slot, start);
    }
  }

  /// The common case of [#addText] in one pass; a value that is in lower case already has the same bytes as its term.
  ///
  /// @param value at most [FieldLayout#MAX_VALUE] characters, not outside the catalogue
  /// @return false, and nothing is added, if it has characters beyond ASCII
  private boolean addAscii(FieldLayout layout, String value) {
    int n = value.length();
    byte[] prefix = layout.prefix().bytes;
    int start = reserve(2 * (prefix.length + n));
    byte[] out = bytes;
    System.arraycopy(prefix, 0, out, start, prefix.length);
    int text = start + prefix.length;
    boolean upper = false;
    for (int i = 0; i < n; i++) {
      char c = value.charAt(i);
      if (c >= 0x80) {
        length = start;
        return false;
      }
      upper |= c >= 'A' && c <= 'Z';
      out[text + i] = (byte) c;
    }
    length = text + n;
    if (!withoutValue(layout, value)) {
      own(slot(layout.values(), VALUES), text);
    }
    if (!tooLong(layout, value)) {
      int term = start;
      if (upper) {
        term = length;
        System.arraycopy(prefix, 0, out, term, prefix.length);
        int lower = term + prefix.length;
        for (int i = 0; i < n; i++) {
          byte b = out[text + i];
          out[lower + i] = b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
        }
        length = lower + n;
      }
      term(term);
    }
    return true;
  }

  private static boolean tooLong(FieldLayout layout, String value) {
    return layout.scanned() || value.length() > FieldLayout.MAX_TERM;
  }

  private static boolean withoutValue(FieldLayout layout, String value) {
    return layout.values() == null || value.length() > FieldLayout.MAX_VALUE;
  }

  private void mark(FieldLayout layout, boolean isLong, boolean withoutValue) {
    if (isLong && !layout.scanned()) {
      markTerm(layout.longMark());
    }
    if (withoutValue || layout.ext()) {
      markTerm(layout.presentMark());
    }
  }

  private void markTerm(FieldLayout.Prefix mark) {
    int start = length;
    bytes(mark);
    term(start);
  }

  /// What was written since `start` is a term.
  private void term(int start) {
    if (2 * termCount == terms.length) {
      terms = java.util.Arrays.copyOf(terms, terms.length * 2);
    }
    terms[2 * termCount] = start;
    terms[2 * termCount + 1] = length - start;
    termCount++;
  }

  private void bytes(FieldLayout.Prefix prefix) {
    int at = reserve(prefix.bytes.length);
    System.arraycopy(prefix.bytes, 0, bytes, at, prefix.bytes.length);
  }

  private void own(Slot slot, int start) {
    slot.own = true;
    slot.bytes.offset = start;
    slot.bytes.length = length - start;
  }

  private int reserve(int count) {
    int start = length;
    if (start + count > bytes.length) {
      bytes = java.util.Arrays.copyOf(bytes, Math.max(bytes.length * 2, start + count));
    }
    length = start + count;
    return start;
  }

  private void utf8(String s) {
    int at = reserve(s.length() * 3);
    length = Utf8.write(s, bytes, at);
  }

  private Slot slot(@Nullable String name, IndexableFieldType type) {
    if (used == slots.size()) {
      slots.add(new Slot());
    }
    Slot slot = slots.get(used++);
    slot.name = name == null ? "" : name;
    slot.type = type;
    slot.own = false;
    return slot;
  }

  /// Lucene goes over a document twice at most, each time from the start.
  @Override
  public Iterator<IndexableField> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < used + tokenFields.size();
      }

      @Override
      public IndexableField next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        int i = next++;
        return i < used ? slots.get(i) : tokenFields.get(i - used);
      }
    };
  }

  private static IndexableFieldType type(
      IndexOptions index, DocValuesType values, boolean skip, boolean stored) {
    var type = new org.apache.lucene.document.FieldType();
    type.setIndexOptions(index);
    type.setDocValuesType(values);
    type.setDocValuesSkipIndexType(
        skip ? DocValuesSkipIndexType.RANGE : DocValuesSkipIndexType.NONE);
    type.setOmitNorms(true);
    type.setTokenized(false);
    type.setStored(stored);
    type.freeze();
    return type;
  }

  private static IndexableFieldType tokens() {
    var type = new org.apache.lucene.document.FieldType();
    type.setIndexOptions(IndexOptions.DOCS);
    type.setOmitNorms(true);
    type.setTokenized(true);
    type.freeze();
    return type;
  }

  private static final class Slot implements IndexableField {
    private String name = "";
    private IndexableFieldType type = TERMS;
    private boolean own;
    private final BytesRef bytes = new BytesRef();
    private long number;

    @Override
    public String name() {
      return name;
    }

    @Override
    public IndexableFieldType fieldType() {
      return type;
    }

    @Override
    public @Nullable TokenStream tokenStream(Analyzer analyzer, @Nullable TokenStream reuse) {
      return null;
    }

    @Override
    public BytesRef binaryValue() {
      return bytes;
    }

    @Override
    public @Nullable String stringValue() {
      return null;
    }

    @Override
    public @Nullable Reader readerValue() {
      return null;
    }

    @Override
    public Number numericValue() {
      return number;
    }

    @Override
    public @Nullable StoredValue storedValue() {
      return type.stored() ? new StoredValue(bytes) : null;
    }

    @Override
    public InvertableType invertableType() {
      return InvertableType.BINARY;
    }
  }

  /// A field of many terms, as a token stream over their bytes.
  private static final class TokenField implements IndexableField {
    private final String name;
    private final TokenStream tokens;

    TokenField(String name, TokenStream tokens) {
      this.name = name;
      this.tokens = tokens;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public IndexableFieldType fieldType() {
      return TOKENS;
    }

    @Override
    public TokenStream tokenStream(Analyzer analyzer, @Nullable TokenStream reuse) {
      return tokens;
    }

    @Override
    public @Nullable BytesRef binaryValue() {
      return null;
    }

    @Override
    public @Nullable String stringValue() {
      return null;
    }

    @Override
    public @Nullable Reader readerValue() {
      return null;
    }

    @Override
    public @Nullable Number numericValue() {
      return null;
    }

    @Override
    public @Nullable StoredValue storedValue() {
      return null;
    }

    @Override
    public InvertableType invertableType() {
      return InvertableType.TOKEN_STREAM;
    }
  }

  private abstract static class Tokens extends TokenStream {
    private final BytesTermAttribute term = addAttribute(BytesTermAttribute.class);
    private final BytesRef ref = new BytesRef();
    private int next;

    abstract int count();

    abstract void get(int i, BytesRef out);

    @Override
    public void reset() {
      next = 0;
    }

    @Override
    public boolean incrementToken() {
      if (next == count()) {
        return false;
      }
      clearAttributes();
      get(next++, ref);
      term.setBytesRef(ref);
      return true;
    }
  }

  private final class Terms extends Tokens {
    @Override
    int count() {
      return termCount;
    }

    @Override
    void get(int i, BytesRef out) {
      out.bytes = bytes;
      out.offset = terms[2 * i];
      out.length = terms[2 * i + 1];
    }
  }

  private final class Words extends Tokens {
    @Override
    int count() {
      return words.size();
    }

    @Override
    void get(int i, BytesRef out) {
      words.get(i, out);
    }
  }
}
