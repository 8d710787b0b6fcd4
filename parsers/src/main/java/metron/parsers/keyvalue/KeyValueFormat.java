package metron.parsers.keyvalue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import metron.config.Section;
import metron.parsers.mapping.Draft;
import metron.parsers.mapping.Format;
import metron.parsers.mapping.FormatPlan;
import metron.parsers.mapping.Mapping;
import metron.parsers.mapping.MappingPlan;
import metron.parsers.mapping.Mappings;
import metron.parsers.mapping.Names;
import metron.parsers.mapping.Target;
import metron.parsers.scan.Bytes;

/// Pairs of key and value. Options:
///
/// - `separator` between pairs: one character, `blank` (default; any number of them) or `tab`;
/// - `assign` between key and value: `=` (default);
/// - `quotes`: the characters that may stand around a value (`"`);
/// - `escape` in quotes: `backslash` (default), `doubled` (a quote written twice) or `none`;
/// - `open`: whether a value without quotes goes on over blanks up to the next `key=` (false);
/// - `type`: the key whose value is the record type;
/// - `needs`: keys without which a line is none of this source;
/// - `nested`: keys whose values are pairs again, with blanks between, `open` themselves.
///
/// A key that comes twice is kept twice where its field repeats, else the last one counts. Text before the first pair, and words
/// without a value, are passed over; a line without any pair is refused.
public final class KeyValueFormat implements Format {
  private final Mappings mappings;
  private final Pairs pairs;
  private final Pairs inner;
  private final byte[] type;
  private final Names<Boolean> nested = new Names<>();
  private final byte[][] needs;

  private KeyValueFormat(
      Mappings mappings,
      Pairs.Dialect dialect,
      String type,
      Set<String> nestedKeys,
      List<String> needs) {
    this.mappings = mappings;
    this.pairs = new Pairs(dialect);
    this.inner = new Pairs(new Pairs.Dialect(' ', dialect.assign(), "\"'", true, false, true));
    this.type = type.getBytes(StandardCharsets.UTF_8);
    nestedKeys.forEach(key -> nested.put(key, true));
    this.needs = needs.stream().map(k -> k.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
  }

  public static FormatPlan compile(Section options, MappingPlan mapping) {
    char separator = character(options, "separator", "blank");
    char assign = character(options, "assign", "=");
    String quotes = options.string("quotes", "\"");
    for (int i = 0; i < quotes.length(); i++) {
      if (quotes.charAt(i) <= ' ' || quotes.charAt(i) > 0x7e) {
        options.fault("quotes", "quotes is \"" + quotes + "\", expected ASCII characters");
        break;
      }
    }
    String escape = options.oneOf("escape", List.of("backslash", "doubled", "none"), "backslash");
    boolean open = options.bool("open", false);
    String type = options.string("type", "");
    Set<String> nested = Set.copyOf(options.strings("nested"));
    List<String> needs = List.copyOf(options.strings("needs"));
    if (separator == assign) {
      options.fault("assign", "assign and separator are both \"" + assign + "\", expected two");
    }
    Pairs.Dialect dialect =
        new Pairs.Dialect(
            separator, assign, quotes, escape.equals("backslash"), escape.equals("doubled"), open);
    return mappings -> new KeyValueFormat(mappings, dialect, type, nested, needs);
  }

  private static char character(Section options, String key, String absent) {
    String text = options.string(key, absent);
    if (text.equals("tab")) {
      return '\t';
    }
    if (text.equals("blank")) {
      return ' ';
    }
    if (text.length() != 1 || text.charAt(0) > 0x7f) {
      options.fault(key, key + " is \"" + text + "\", expected one ASCII character, blank or tab");
      return key.equals("assign") ? '=' : ' ';
    }
    return text.charAt(0);
  }

  @Override
  public boolean read(Draft d) {
    byte[] b = d.bytes();
    int to = Bytes.trimEnd(b, d.from(), d.to());
    if (to == d.from()) {
      return d.skip("blank");
    }
    if (pairs.read(b, d.from(), to) == 0) {
      return d.reject(
          "no pair in \"" + Bytes.excerpt(b, d.from(), to) + "\", expected key=value", d.from());
    }
    for (byte[] key : needs) {
      if (find(b, key) < 0) {
        return d.reject("no key " + Bytes.text(key, 0, key.length) + " in the line", d.from());
      }
    }
    Mapping mapping = mapping(d, b);
    d.start(mapping);
    for (int p = 0; p < pairs.size(); p++) {
      if (nested.size() > 0 && nested.get(b, pairs.keyFrom(p), pairs.keyTo(p)) != null) {
        inner.read(b, pairs.from(p), pairs.to(p));
        for (int q = 0; q < inner.size(); q++) {
          pair(d, mapping, inner, b, q);
        }
      } else {
        pair(d, mapping, pairs, b, p);
      }
    }
    return true;
  }

  private Mapping mapping(Draft d, byte[] b) {
    if (type.length > 0) {
      int p = find(b, type);
      if (p >= 0) {
        return mappings.of(b, pairs.from(p), pairs.to(p));
      }
    }
    // Without a type of its own, what the link before has found goes on.
    return d.started() ? d.mapping() : mappings.base();
  }

  private int find(byte[] b, byte[] key) {
    for (int p = 0; p < pairs.size(); p++) {
      if (Bytes.equals(b, pairs.keyFrom(p), pairs.keyTo(p), key)) {
        return p;
      }
    }
    return -1;
  }

  private static void pair(Draft d, Mapping mapping, Pairs of, byte[] b, int p) {
    Target target = mapping.target(b, of.keyFrom(p), of.keyTo(p));
    if (of.escaped(p)) {
      int length = of.decode(b, p);
      target.set(d, of.decoded(), 0, length);
    } else {
      target.set(d, b, of.from(p), of.to(p));
    }
  }
}
