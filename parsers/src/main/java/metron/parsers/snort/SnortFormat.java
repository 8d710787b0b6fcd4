package metron.parsers.snort;

import java.nio.charset.StandardCharsets;
import metron.config.Section;
import metron.parsers.csv.CsvRow;
import metron.parsers.mapping.Draft;
import metron.parsers.mapping.Format;
import metron.parsers.mapping.FormatPlan;
import metron.parsers.mapping.Mapping;
import metron.parsers.mapping.MappingPlan;
import metron.parsers.mapping.Mappings;
import metron.parsers.mapping.Target;
import metron.parsers.scan.Bytes;

/// Told apart by `[**]`, which only the fast form has:
/// ```text
/// 01/27/16-16:01:04.877970 ,129,12,1,"msg",TCP,10.0.2.2,56642,10.0.2.15,22,52:54:…   27 columns
/// 07/11/2022-10:29:01.860293  [**] [1:2200074:2] msg [**] [Classification: c] [Priority: 3] {TCP} a:1 -> b:2
/// ```
public final class SnortFormat implements Format {
  private static final String[] COLUMNS = {
    "timestamp",
    "sig_generator",
    "sig_id",
    "sig_rev",
    "msg",
    "proto",
    "src",
    "srcport",
    "dst",
    "dstport",
    "ethsrc",
    "ethdst",
    "ethlen",
    "tcpflags",
    "tcpseq",
    "tcpack",
    "tcplen",
    "tcpwindow",
    "ttl",
    "tos",
    "id",
    "dgmlen",
    "iplen",
    "icmptype",
    "icmpcode",
    "icmpid",
    "icmpseq"
  };

  private static final byte[] STARS = "[**]".getBytes(StandardCharsets.UTF_8);
  private static final byte[] CLASSIFICATION = "[Classification: ".getBytes(StandardCharsets.UTF_8);
  private static final byte[] PRIORITY = "[Priority: ".getBytes(StandardCharsets.UTF_8);
  private static final byte[] ARROW = " -> ".getBytes(StandardCharsets.UTF_8);

  private final Mapping mapping;
  private final Target[] columns = new Target[COLUMNS.length];
  private final Target classification;
  private final Target priority;
  private final CsvRow row = new CsvRow(',', '"');

  private SnortFormat(Mappings mappings) {
    mapping = mappings.base();
    for (int i = 0; i < COLUMNS.length; i++) {
      columns[i] = mapping.target(COLUMNS[i]);
    }
    classification = mapping.target("classification");
    priority = mapping.target("priority");
  }

  public static FormatPlan compile(Section options, MappingPlan mapping) {
    return SnortFormat::new;
  }

  @Override
  public boolean read(Draft d) {
    byte[] b = d.bytes();
    int end = Bytes.trimEnd(b, d.from(), d.to());
    int from = Bytes.skipBlanks(b, d.from(), end);
    if (from == end) {
      return d.skip("blank");
    }
    int stars = Bytes.indexOf(b, from, Math.min(end, from + 48), STARS);
    return stars < 0 ? csv(d, b, from, end) : fast(d, b, from, stars, end);
  }

  private boolean csv(Draft d, byte[] b, int from, int end) {
    int n = row.read(b, from, end);
    if (n != COLUMNS.length) {
      return d.reject(
          (n < 0 ? "a quote that is not closed" : "found " + n + " columns")
              + ", expected "
              + COLUMNS.length
              + " of an alert, or the fast form with [**]",
          from);
    }
    d.start(mapping);
    for (int i = 0; i < n; i++) {
      columns[i].set(d, row.bytes(i), row.from(i), row.to(i));
    }
    return true;
  }

  private boolean fast(Draft d, byte[] b, int from, int stars, int end) {
    int open = Bytes.indexOf(b, stars + STARS.length, end, '[');
    int close = open < 0 ? -1 : Bytes.indexOf(b, open, end, ']');
    int second = close < 0 ? -1 : Bytes.indexOf(b, close, end, STARS);
    int brace = second < 0 ? -1 : Bytes.indexOf(b, second, end, '{');
    int braceEnd = brace < 0 ? -1 : Bytes.indexOf(b, brace, end, '}');
    int arrow = braceEnd < 0 ? -1 : Bytes.indexOf(b, braceEnd, end, ARROW);
    int first = close < 0 ? -1 : Bytes.indexOf(b, open, close, ':');
    int next = first < 0 ? -1 : Bytes.indexOf(b, first + 1, close, ':');
    if (arrow < 0 || next < 0) {
      return d.reject(
          "expected [**] [generator:id:revision] message [**] … {protocol} source -> destination",
          stars);
    }
    d.start(mapping);
    columns[0].set(d, b, from, Bytes.trimEnd(b, from, stars));
    columns[1].set(d, b, open + 1, first);
    columns[2].set(d, b, first + 1, next);
    columns[3].set(d, b, next + 1, close);
    int message = Bytes.skipBlanks(b, close + 1, second);
    columns[4].set(d, b, message, Bytes.trimEnd(b, message, second));
    tagged(d, classification, b, CLASSIFICATION, second, brace);
    tagged(d, priority, b, PRIORITY, second, brace);
    columns[5].set(d, b, brace + 1, braceEnd);
    endpoint(d, b, Bytes.skipBlanks(b, braceEnd + 1, arrow), arrow, 6);
    endpoint(d, b, arrow + ARROW.length, end, 8);
    return true;
  }

  private static void tagged(Draft d, Target target, byte[] b, byte[] tag, int from, int to) {
    int at = Bytes.indexOf(b, from, to, tag);
    int end = at < 0 ? -1 : Bytes.indexOf(b, at, to, ']');
    if (end > 0) {
      target.set(d, b, at + tag.length, end);
    }
  }

  /// `address`, `address:port`, where the address may have colons itself. An address alone is one before a port is looked for.
  private void endpoint(Draft d, byte[] b, int from, int end, int column) {
    int to = Bytes.trimEnd(b, from, end);
    int colon = to;
    if (Bytes.ip(b, from, to) == null) {
      while (colon > from && b[colon - 1] != ':') {
        colon--;
      }
      colon--;
    } else if (Bytes.indexOf(b, from, to, '.') < 0 && transportHasPorts(d)) {
      // 2001:db8::1:443 reads as an address too; with TCP and UDP the last group is the port.
      int last = to;
      while (last > from && b[last - 1] != ':') {
        last--;
      }
      if (last - 1 > from && Bytes.ip(b, from, last - 1) != null) {
        colon = last - 1;
      }
    }
    if (colon <= from || colon >= to) {
      columns[column].set(d, b, from, to);
    } else {
      columns[column].set(d, b, from, colon);
      columns[column + 1].set(d, b, colon + 1, to);
    }
  }

  private static boolean transportHasPorts(Draft d) {
    String transport = d.event().string(metron.event.Ecs.NETWORK_TRANSPORT);
    return transport != null && (transport.equals("tcp") || transport.equals("udp"));
  }
}
