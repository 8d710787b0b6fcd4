package metron.parsers.csv;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import metron.config.Section;
import metron.parsers.mapping.Draft;
import metron.parsers.mapping.Format;
import metron.parsers.mapping.FormatPlan;
import metron.parsers.mapping.Kind;
import metron.parsers.mapping.Mapping;
import metron.parsers.mapping.MappingPlan;
import metron.parsers.mapping.Mappings;
import metron.parsers.mapping.Names;
import metron.parsers.mapping.Target;
import metron.parsers.scan.Bytes;

/// Columns by name. Options: `columns`, in order; `separator` (a comma; `tab` for a tabulator); `quote` (`"`); `comment`
/// (`#`), which starts a line to skip. A line that repeats the names of the columns is skipped as a header. Columns beyond
/// the named ones are `column<n>`, from 1. `types` says what a column holds that has no field of its own (`{bytes: long}`; `long`,
/// `double`, `boolean`).
///
/// Where lines of several kinds come in one stream, `type` is the column among `columns` that tells them apart, its value is the
/// record type, and `layouts` has all columns of each kind. A kind without a layout is read by `columns`.
public final class CsvFormat implements Format {
  private record Options(
      List<String> columns,
      char separator,
      char quote,
      byte comment,
      Map<String, Kind> types,
      int type,
      Map<String, List<String>> layouts) {}

  /// The columns of one kind of line, resolved to fields.
  private static final class Layout {
    final Mapping mapping;
    Target[] targets;
    Kind[] kinds;

    Layout(Mapping mapping, List<String> columns, Map<String, Kind> types) {
      this.mapping = mapping;
      this.targets = columns.stream().map(mapping::target).toArray(Target[]::new);
      this.kinds = columns.stream().map(c -> types.getOrDefault(c, Kind.TEXT)).toArray(Kind[]::new);
    }

    void grow(int n) {
      int known = targets.length;
      targets = Arrays.copyOf(targets, n);
      kinds = Arrays.copyOf(kinds, n);
      for (int i = known; i < n; i++) {
        targets[i] = mapping.target("column" + (i + 1));
        kinds[i] = Kind.TEXT;
      }
    }
  }

  private final Layout base;
  private final Names<Layout> layouts = new Names<>();
  private final Mappings mappings;
  private final Options options;
  private final byte[][] names;
  private final CsvRow row;

  private CsvFormat(Mappings mappings, Options options) {
    this.mappings = mappings;
    this.options = options;
    this.base = new Layout(mappings.base(), options.columns(), options.types());
    this.row = new CsvRow(options.separator(), options.quote());
    this.names = new byte[options.columns().size()][];
    for (int i = 0; i < names.length; i++) {
      names[i] = options.columns().get(i).getBytes(StandardCharsets.UTF_8);
    }
    options
        .layouts()
        .forEach(
            (type, columns) ->
                layouts.put(type, new Layout(mappings.of(type), columns, options.types())));
  }

  public static FormatPlan compile(Section options, MappingPlan mapping) {
    List<String> columns = List.copyOf(options.strings("columns"));
    char separator = character(options, "separator", ",");
    char quote = character(options, "quote", "\"");
    char comment = character(options, "comment", "#");
    Map<String, Kind> types = new LinkedHashMap<>();
    options
        .texts("types")
        .forEach(
            (column, type) -> {
              Kind kind =
                  switch (type) {
                    case "long", "integer" -> Kind.INTEGER;
                    case "double", "float" -> Kind.REAL;
                    case "boolean" -> Kind.BOOLEAN;
                    default -> Kind.TEXT;
                  };
              if (kind == Kind.TEXT && !type.equals("text")) {
                options.fault(
                    "types",
                    column + " is \"" + type + "\", expected long, double, boolean or text");
              }
              types.put(column, kind);
            });
    Map<String, List<String>> layouts = new LinkedHashMap<>();
    options
        .entries("layouts")
        .forEach((type, node) -> layouts.put(type, List.copyOf(node.texts(options.faults()))));
    String type = options.string("type", "");
    int at = columns.indexOf(type);
    if (!type.isEmpty() && at < 0) {
      options.fault("type", "type is \"" + type + "\", expected one of the columns");
    }
    if (type.isEmpty() && !layouts.isEmpty()) {
      options.fault("type", "type is missing, expected the column that tells layouts apart");
    }
    Options all =
        new Options(
            columns, separator, quote, (byte) comment, Map.copyOf(types), at, Map.copyOf(layouts));
    return mappings -> new CsvFormat(mappings, all);
  }

  private static char character(Section options, String key, String absent) {
    String text = options.string(key, absent);
    if (text.equals("tab") || text.equals("\\t")) {
      return '\t';
    }
    if (text.length() != 1 || text.charAt(0) > 0x7f) {
      options.fault(key, key + " is \"" + text + "\", expected one ASCII character or tab");
      return ',';
    }
    return text.charAt(0);
  }

  @Override
  public boolean read(Draft d) {
    byte[] b = d.bytes();
    int end = d.to();
    while (end > d.from() && (b[end - 1] == '\r' || b[end - 1] == '\n')) {
      end--;
    }
    int from = Bytes.skipBlanks(b, d.from(), end);
    if (from == end) {
      return d.skip("blank");
    }
    if (b[from] == options.comment()) {
      return d.skip("comment");
    }
    int n = row.read(b, d.from(), end);
    if (n < 0) {
      return d.reject(
          "a quote that is not closed, or more than " + CsvRow.MAX_COLUMNS + " columns", d.from());
    }
    if (header(n)) {
      return d.skip("header");
    }
    Layout layout = layout(n);
    if (n > layout.targets.length) {
      layout.grow(n);
    }
    d.start(layout.mapping);
    Target[] targets = layout.targets;
    Kind[] kinds = layout.kinds;
    for (int i = 0; i < n; i++) {
      targets[i].set(d, row.bytes(i), row.from(i), row.to(i), kinds[i]);
    }
    return true;
  }

  private Layout layout(int n) {
    int at = options.type();
    if (at < 0 || at >= n) {
      return base;
    }
    Layout known = layouts.get(row.bytes(at), row.from(at), row.to(at));
    if (known != null) {
      return known;
    }
    Mapping mapping = mappings.of(row.bytes(at), row.from(at), row.to(at));
    if (mapping.equals(mappings.base())) {
      return base;
    }
    String type = Bytes.text(row.bytes(at), row.from(at), row.to(at));
    Layout layout = new Layout(mapping, options.columns(), options.types());
    // Mappings bounds how many types there are.
    layouts.put(type, layout);
    return layout;
  }

  private boolean header(int n) {
    if (n != names.length || n == 0) {
      return false;
    }
    for (int i = 0; i < n; i++) {
      if (!Bytes.equals(row.bytes(i), row.from(i), row.to(i), names[i])) {
        return false;
      }
    }
    return true;
  }
}
