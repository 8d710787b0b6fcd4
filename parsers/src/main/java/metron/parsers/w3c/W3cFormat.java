package metron.parsers.w3c;

import java.util.ArrayList;
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
import metron.parsers.scan.Times;

/// Values in columns that `#Fields:` names (W3C working draft WD-logfile-960323). `-` says nothing; a value in quotes may hold
/// separators. `date` and `time` together are the time of the event, UTC unless the sensor names a zone; the draft has UTC.
///
/// Options: `fields`, the columns of lines that come without a header, as one text or several, told apart by their number;
/// `separator` (`blank`, or one character or `tab`).
public final class W3cFormat implements Format {
  /// Metadata key of a record: the names of its columns, parted by blanks.
  public static final String METADATA = "w3c.fields";

  private static final int MOST = 400;

  /// The columns of a header, resolved to fields.
  private static final class Columns {
    final String header;
    final Target[] targets;
    final int date;
    final int time;

    Columns(String header, Mapping mapping) {
      this.header = header;
      String[] names = header.strip().split("\\s+");
      int dateAt = -1;
      int timeAt = -1;
      List<Target> all = new ArrayList<>();
      for (int i = 0; i < names.length && i < MOST; i++) {
        if (names[i].equals("date")) {
          dateAt = i;
        } else if (names[i].equals("time")) {
          timeAt = i;
        }
        all.add(mapping.target(names[i]));
      }
      this.targets = all.toArray(new Target[0]);
      this.date = dateAt;
      this.time = timeAt;
    }
  }

  private final Mapping mapping;
  private final List<Columns> layouts = new ArrayList<>();
  private final byte separator;
  private final int[] from = new int[MOST];
  private final int[] to = new int[MOST];
  private final byte[] stamp = new byte[40];
  private Columns last;

  private W3cFormat(Mappings mappings, List<String> fields, char separator) {
    this.mapping = mappings.base();
    this.separator = (byte) separator;
    fields.forEach(f -> layouts.add(new Columns(f, mapping)));
    this.last = new Columns("", mapping);
  }

  public static FormatPlan compile(Section options, MappingPlan mapping) {
    List<String> fields = options.strings("fields");
    String text = options.string("separator", "blank");
    char separator =
        text.equals("blank")
            ? ' '
            : text.equals("tab") ? '\t' : text.isEmpty() ? ' ' : text.charAt(0);
    if (text.length() != 1 && !text.equals("blank") && !text.equals("tab")) {
      options.fault(
          "separator", "separator is \"" + text + "\", expected one character, blank or tab");
    }
    return mappings -> new W3cFormat(mappings, fields, separator);
  }

  @Override
  public boolean read(Draft d) {
    byte[] b = d.bytes();
    int end = Bytes.trimEnd(b, d.from(), d.to());
    if (end == d.from()) {
      return d.skip("blank");
    }
    if (b[d.from()] == '#') {
      return d.skip("comment");
    }
    int n = split(b, d.from(), end);
    Columns columns = columns(d, n);
    if (columns == null) {
      return d.reject(
          n + " columns without a #Fields header, expected " + expected() + " columns", d.from());
    }
    d.start(mapping);
    if (!time(d, b, columns, n)) {
      return false;
    }
    for (int i = 0; i < n; i++) {
      boolean stamped =
          columns.date >= 0 && columns.time >= 0 && (i == columns.date || i == columns.time);
      if (!stamped && !(to[i] - from[i] == 1 && b[from[i]] == '-')) {
        columns.targets[i].set(d, b, from[i], to[i]);
      }
    }
    return true;
  }

  private boolean time(Draft d, byte[] b, Columns columns, int n) {
    int date = columns.date;
    int time = columns.time;
    if (date < 0 || time < 0 || date >= n || time >= n) {
      return true;
    }
    int length = to[date] - from[date] + 1 + to[time] - from[time];
    if (length <= stamp.length) {
      int dates = to[date] - from[date];
      System.arraycopy(b, from[date], stamp, 0, dates);
      stamp[dates] = ' ';
      System.arraycopy(b, from[time], stamp, dates + 1, to[time] - from[time]);
      long t = d.times().iso(stamp, 0, length);
      if (t != Times.NONE && d.times().end() == length) {
        d.event().setNanos(metron.event.Ecs.TIMESTAMP, t);
        return true;
      }
    }
    return d.reject(
        "the time is \""
            + Bytes.excerpt(b, from[date], to[date])
            + " "
            + Bytes.excerpt(b, from[time], to[time])
            + "\", expected a time that exists",
        from[date]);
  }

  /// The header that came with the record, else the layout with as many columns.
  private @org.jspecify.annotations.Nullable Columns columns(Draft d, int n) {
    String header = d.raw().metadata().get(METADATA);
    if (header != null) {
      if (!header.equals(last.header)) {
        last = new Columns(header, mapping);
      }
      return n <= last.targets.length ? last : null;
    }
    for (Columns c : layouts) {
      if (c.targets.length == n) {
        return c;
      }
    }
    return null;
  }

  private String expected() {
    List<String> counts = new ArrayList<>();
    layouts.forEach(c -> counts.add(Integer.toString(c.targets.length)));
    return counts.isEmpty() ? "one, as its line names the" : String.join(" or ", counts);
  }

  private int split(byte[] b, int start, int end) {
    int n = 0;
    int i = start;
    while (i < end && n < MOST) {
      if (separator == ' ') {
        i = Bytes.skipBlanks(b, i, end);
      }
      if (i < end && b[i] == '"') {
        int close = i + 1;
        while (close < end && b[close] != '"') {
          close++;
        }
        if (close < end) {
          from[n] = i + 1;
          to[n++] = close;
          i = close + 1;
          while (i < end && b[i] != separator) {
            i++;
          }
          i++;
          continue;
        }
      }
      from[n] = i;
      while (i < end && b[i] != separator) {
        i++;
      }
      to[n++] = i;
      i++;
    }
    return n;
  }
}
