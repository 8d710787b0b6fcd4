package metron.storage.lucene;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import metron.event.Field;
import metron.event.FieldType;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/// How one field of an event lies in the index.
///
/// | type | terms | doc values (sort, facets, ranges, existence) |
/// |---|---|---|
/// | `STRING` | [#TERMS], `<name>`, NUL, value in lower case, up to [#MAX_TERM] characters | `s:<name>`, as written, up to [#MAX_VALUE] characters |
/// | `IP` | `a:<name>`, 16 bytes | `a:<name>` |
/// | `LONG`, `INSTANT`, `BOOLEAN` | – | `n:`, `t:`, `b:<name>`, the value, nanoseconds, 0 or 1 |
/// | `DOUBLE` | – | `d:<name>`, bits in sortable order |
/// | outside the catalogue | as `STRING` | [#EXT_VALUES], `<name>`, NUL, value |
///
/// The type is part of the name, so a sensor field that changes its type between two releases makes a second Lucene field
/// instead of a document that Lucene refuses. Numbers have no terms or points: their doc values carry a skip index, and a scan
/// of doc values is expected to cost less than indexing every number would; no benchmark has compared the two yet.
///
/// What the index cannot decide is marked with a term behind [#MARK] and decided on the stored event: `l:<name>` says that some
/// value of the field has no term, `p:<name>` that some value has no doc value, `x:<name>` that the field outside the catalogue is
/// there.
///
/// @param terms Lucene field of the terms; null: numbers
/// @param prefix what its terms begin with
/// @param values Lucene field of the doc values; null: never any ([#LONG_TEXT])
/// @param scanned whether values never get a term
record FieldLayout(
    Field field,
    FieldType type,
    @Nullable String terms,
    Prefix prefix,
    @Nullable String values,
    boolean scanned,
    Prefix longMark,
    Prefix presentMark) {
  /// The terms of all texts, each behind the name of its field, and the marks behind [#MARK]. One Lucene field instead of some
  /// thirty an event: what Lucene does for each field of each document was a tenth of the work of indexing.
  static final String TERMS = "_terms";

  static final String TEXT = "_text";
  static final String SEQUENCE = "_seq";
  static final String STORED = "_event";
  static final String ID = "_id";
  static final String STATE = "_state";
  static final String EXT_VALUES = "xs";
  static final String SEPARATOR = "\0";

  /// Before a mark; no field's name begins with it.
  static final String MARK = "\0";

  /// Longest value with a term, in characters. A UTF-8 term is then at most 3 KiB, far under Lucene's 32,766 bytes.
  static final int MAX_TERM = 1024;

  /// Longest value that can be counted and sorted by, in characters: nobody reads a facet of longer ones.
  static final int MAX_VALUE = 256;

  // Nearly every value occurs once, so terms and doc values would mostly repeat the stored event.
  // Words of them are in the full text; exact values are looked for in the stored events.
  private static final Set<String> LONG_TEXT =
      Set.of("event.original", "message", "event.hash", "metron.origin", "error.stack_trace");

  private static final AtomicReferenceArray<@Nullable FieldLayout> BY_ID =
      new AtomicReferenceArray<>(65536);

  static FieldLayout of(Field field) {
    if (field.isExt() || field.id() >= BY_ID.length()) {
      return make(field);
    }
    FieldLayout layout = BY_ID.get(field.id());
    if (layout == null) {
      layout = make(field);
      BY_ID.set(field.id(), layout);
    }
    return layout;
  }

  private static FieldLayout make(Field field) {
    String name = field.name();
    Prefix inTerms = Prefix.of(name + SEPARATOR);
    Prefix longMark = Prefix.of(MARK + "l:" + name);
    if (field.isExt()) {
      return new FieldLayout(
          field,
          FieldType.STRING,
          TERMS,
          inTerms,
          EXT_VALUES,
          false,
          longMark,
          Prefix.of(MARK + "x:" + name));
    }
    Prefix presentMark = Prefix.of(MARK + "p:" + name);
    boolean scanned = LONG_TEXT.contains(name);
    boolean unique = scanned || name.equals("event.id");
    FieldType type = field.type();
    String terms =
        switch (type) {
          case STRING -> TERMS;
          case IP -> "a:" + name;
          case LONG, DOUBLE, BOOLEAN, INSTANT -> null;
        };
    String values =
        switch (type) {
          case STRING -> unique ? null : "s:" + name;
          case IP -> terms;
          case LONG -> "n:" + name;
          case DOUBLE -> "d:" + name;
          case BOOLEAN -> "b:" + name;
          case INSTANT -> "t:" + name;
        };
    return new FieldLayout(
        field,
        type,
        terms,
        type == FieldType.STRING ? inTerms : Prefix.NONE,
        values,
        scanned,
        longMark,
        presentMark);
  }

  boolean ext() {
    return field.isExt();
  }

  boolean numeric() {
    return terms == null;
  }

  String name() {
    return field.name();
  }

  /// Bytes that a term begins with, or all of it.
  static final class Prefix {
    static final Prefix NONE = of("");

    final byte[] bytes;

    private Prefix(byte[] bytes) {
      this.bytes = bytes;
    }

    static Prefix of(String text) {
      BytesRef utf8 = Utf8.bytes(text);
      return new Prefix(java.util.Arrays.copyOf(utf8.bytes, utf8.length));
    }

    /// As a term that nobody changes.
    BytesRef term() {
      return new BytesRef(bytes);
    }
  }

  static String lower(String text) {
    // Most values of machines are lower case already; the copy showed in the profile.
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || (c >= 'A' && c <= 'Z')) {
        return text.toLowerCase(Locale.ROOT);
      }
    }
    return text;
  }
}
