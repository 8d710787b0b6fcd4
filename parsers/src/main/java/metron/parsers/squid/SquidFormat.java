package metron.parsers.squid;

import metron.config.Section;
import metron.parsers.mapping.Draft;
import metron.parsers.mapping.Format;
import metron.parsers.mapping.FormatPlan;
import metron.parsers.mapping.Mapping;
import metron.parsers.mapping.MappingPlan;
import metron.parsers.mapping.Mappings;
import metron.parsers.mapping.Target;
import metron.parsers.scan.Bytes;

/// Ten columns parted by blanks, three of them pairs with a slash:
/// ```text
/// time elapsed client action/status bytes method url user hierarchy/peer mime
/// ```
/// `-` is no value. What follows is kept as `extra`: sites add columns at the end.
public final class SquidFormat implements Format {
  private static final int COLUMNS = 10;

  private final Mapping mapping;
  private final Target[] targets = new Target[COLUMNS];
  private final Target status;
  private final Target peer;
  private final Target extra;
  private final int[] from = new int[COLUMNS];
  private final int[] to = new int[COLUMNS];

  private SquidFormat(Mappings mappings) {
    mapping = mappings.base();
    String[] names = {
      "time", "elapsed", "client", "action", "bytes", "method", "url", "user", "hierarchy", "mime"
    };
    for (int i = 0; i < COLUMNS; i++) {
      targets[i] = mapping.target(names[i]);
    }
    status = mapping.target("status");
    peer = mapping.target("peer");
    extra = mapping.target("extra");
  }

  public static FormatPlan compile(Section options, MappingPlan mapping) {
    return SquidFormat::new;
  }

  @Override
  public boolean read(Draft d) {
    byte[] b = d.bytes();
    int end = Bytes.trimEnd(b, d.from(), d.to());
    int i = Bytes.skipBlanks(b, d.from(), end);
    if (i == end) {
      return d.skip("blank");
    }
    int n = 0;
    while (n < COLUMNS && i < end) {
      int stop = i;
      while (stop < end && b[stop] != ' ') {
        stop++;
      }
      from[n] = i;
      to[n] = stop;
      n++;
      i = stop;
      while (i < end && b[i] == ' ') {
        i++;
      }
    }
    if (n < COLUMNS) {
      return d.reject(
          "found " + n + " columns, expected " + COLUMNS + " of a native Squid log", end);
    }
    if (Bytes.indexOf(b, from[3], to[3], '/') < 0 || Bytes.indexOf(b, from[8], to[8], '/') < 0) {
      return d.reject("expected action/status and hierarchy/peer", from[3]);
    }
    d.start(mapping);
    for (int c = 0; c < COLUMNS; c++) {
      int start = from[c];
      int stop = to[c];
      if (c == 3 || c == 8) {
        int slash = Bytes.indexOf(b, start, stop, '/');
        value(d, c == 3 ? status : peer, b, slash + 1, stop);
        stop = slash;
      }
      value(d, targets[c], b, start, stop);
    }
    if (i < end) {
      value(d, extra, b, i, end);
    }
    return true;
  }

  private static void value(Draft d, Target target, byte[] b, int from, int to) {
    if (to - from != 1 || b[from] != '-') {
      target.set(d, b, from, to);
    }
  }
}
