package metron.storage.lucene;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import metron.event.Field;
import metron.event.FieldType;
import org.jspecify.annotations.Nullable;

/// How one field of an event lies in the index.
///
/// | type | terms | doc values (sort, facets, ranges, existence) |
/// |---|---|---|
/// | `STRING` | `k:<name>`, lower case, up to [#MAX_TERM] characters | `s:<name>`, as written, up to [#MAX_VALUE] characters |
/// | `IP` | `a:<name>`, 16 bytes | `a:<name>` |
/// | `LONG`, `INSTANT`, `BOOLEAN` | – | `n:`, `t:`, `b:<name>`, the value, nanoseconds, 0 or 1 |
/// | `DOUBLE` | – | `d:<name>`, bits in sortable order |
/// | outside the catalogue | [#EXT_TERMS], `<name>`, NUL, value in lower case | [#EXT_VALUES], `<name>`, NUL, value |
///
/// The type is part of the name, so a sensor field that changes its type between two releases makes a second Lucene field
/// instead of a document that Lucene refuses. Numbers have no terms or points: all doc values carry a skip index, and a scan
/// of doc values is expected to cost less than indexing every number would; no benchmark has compared the two yet.
///
/// What the index cannot decide is marked in [#MARKS] and decided on the stored event: `l:<name>` says that some value of the
/// field has no term, `p:<name>` that some value has no doc value, `x:<name>` that the field outside the catalogue is there.
///
/// @param terms Lucene field of the terms; null: numbers
/// @param values Lucene field of the doc values; null: never any ([#LONG_TEXT])
/// @param scanned whether values never get a term
record FieldLayout(
    Field field,
    FieldType type,
    @Nullable String terms,
    @Nullable String values,
    boolean scanned,
    String longMark,
    String presentMark) {
  static final String TEXT = "_text";
  static final String MARKS = "_has";
  static final String SEQUENCE = "_seq";
  static final String STORED = "_event";
  static final String ID = "_id";
  static final String STATE = "_state";
  static final String EXT_TERMS = "xk";
  static final String EXT_VALUES = "xs";
  static final String EXT_SEPARATOR = "\0";

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
    String longMark = "l:" + name;
    if (field.isExt()) {
      return new FieldLayout(
          field, FieldType.STRING, EXT_TERMS, EXT_VALUES, false, longMark, "x:" + name);
    }
    String presentMark = "p:" + name;
    FieldType type = field.type();
    return switch (type) {
      case STRING -> {
        boolean scanned = LONG_TEXT.contains(name);
        boolean unique = scanned || name.equals("event.id");
        yield new FieldLayout(
            field, type, "k:" + name, unique ? null : "s:" + name, scanned, longMark, presentMark);
      }
      case IP ->
          new FieldLayout(field, type, "a:" + name, "a:" + name, false, longMark, presentMark);
      case LONG -> number(field, "n:");
      case DOUBLE -> number(field, "d:");
      case BOOLEAN -> number(field, "b:");
      case INSTANT -> number(field, "t:");
    };
  }

  private static FieldLayout number(Field field, String prefix) {
    return new FieldLayout(
        field,
        field.type(),
        null,
        prefix + field.name(),
        false,
        "l:" + field.name(),
        "p:" + field.name());
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
