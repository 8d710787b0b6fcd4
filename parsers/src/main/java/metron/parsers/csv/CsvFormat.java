package metron.parsers.csv;

import java.nio.charset.StandardCharsets;
import java.util.List;
import metron.config.Section;
import metron.parsers.mapping.Draft;
import metron.parsers.mapping.Format;
import metron.parsers.mapping.FormatPlan;
import metron.parsers.mapping.Mapping;
import metron.parsers.mapping.MappingPlan;
import metron.parsers.mapping.Mappings;
import metron.parsers.mapping.Target;
import metron.parsers.scan.Bytes;

/// Columns by name. Options: `columns`, in order; `separator` (a comma; `tab` for a tabulator); `quote` (`"`); `comment`
/// (`#`), which starts a line to skip. A line that repeats the names of the columns is skipped as a header. Columns beyond
/// the named ones are `column<n>`, from 1.
public final class CsvFormat implements Format {
  private final Mapping mapping;
  private final List<String> columns;
  private final byte[][] names;
  private final byte comment;
  private final CsvRow row;
  private Target[] targets;

  private CsvFormat(
      Mappings mappings, List<String> columns, char separator, char quote, byte comment) {
    this.mapping = mappings.base();
    this.columns = columns;
    this.comment = comment;
    this.row = new CsvRow(separator, quote);
    this.names = new byte[columns.size()][];
    for (int i = 0; i < names.length; i++) {
      names[i] = columns.get(i).getBytes(StandardCharsets.UTF_8);
    }
    this.targets = columns.stream().map(mapping::target).toArray(Target[]::new);
  }

  public static FormatPlan compile(Section options, MappingPlan mapping) {
    List<String> columns = List.copyOf(options.strings("columns"));
    char separator = character(options, "separator", ",");
    char quote = character(options, "quote", "\"");
    char comment = character(options, "comment", "#");
    return mappings -> new CsvFormat(mappings, columns, separator, quote, (byte) comment);
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
    if (b[from] == comment) {
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
    if (n > targets.length) {
      int known = targets.length;
      targets = java.util.Arrays.copyOf(targets, n);
      for (int i = known; i < n; i++) {
        targets[i] = mapping.target(i < columns.size() ? columns.get(i) : "column" + (i + 1));
      }
    }
    d.start(mapping);
    for (int i = 0; i < n; i++) {
      targets[i].set(d, row.bytes(i), row.from(i), row.to(i));
    }
    return true;
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
