package metron.parsers.grok;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import metron.config.ConfigNode;
import metron.config.Section;
import metron.parsers.mapping.Draft;
import metron.parsers.mapping.Format;
import metron.parsers.mapping.FormatPlan;
import metron.parsers.mapping.Mapping;
import metron.parsers.mapping.MappingPlan;
import metron.parsers.mapping.Mappings;
import metron.parsers.mapping.Target;
import metron.parsers.scan.Bytes;

/// Tries patterns in order; the first that is found gives the captures. Options: `patterns`, one or several; `definitions`,
/// patterns of one's own by name.
public final class GrokFormat implements Format {
  private static final int MAX_LINE = 65_536;

  private final Mapping mapping;
  private final List<Grok> groks;
  private final List<Target[]> targets = new ArrayList<>();

  private GrokFormat(Mappings mappings, List<Grok> groks) {
    this.mapping = mappings.base();
    this.groks = groks;
    for (Grok grok : groks) {
      targets.add(
          grok.captures().stream().map(c -> mapping.target(c.field())).toArray(Target[]::new));
    }
  }

  public static FormatPlan compile(Section options, MappingPlan mapping) {
    Map<String, String> definitions = new HashMap<>(Grok.standard());
    definitions.putAll(options.texts("definitions"));
    List<Grok> groks = new ArrayList<>();
    for (ConfigNode node : options.items("patterns")) {
      try {
        groks.add(Grok.compile(node.text(options.faults()), definitions));
      } catch (IllegalArgumentException e) {
        options.faults().add(node.at(), String.valueOf(e.getMessage()));
      }
    }
    if (!options.has("patterns")) {
      options.fault("patterns", "key 'patterns' is missing, expected one or several patterns");
    }
    List<Grok> all = List.copyOf(groks);
    return mappings -> new GrokFormat(mappings, all);
  }

  @Override
  public boolean read(Draft d) {
    byte[] b = d.bytes();
    int to = Bytes.trimEnd(b, d.from(), d.to());
    if (to == d.from()) {
      return d.skip("blank");
    }
    if (to - d.from() > MAX_LINE) {
      return d.reject(
          "a line of " + (to - d.from()) + " bytes, expected at most " + MAX_LINE, MAX_LINE);
    }
    String line = Bytes.text(b, d.from(), to);
    // Positions in ASCII text are positions in its bytes.
    boolean ascii = line.length() == to - d.from() && ascii(b, d.from(), to);
    int over = 0;
    for (int i = 0; i < groks.size(); i++) {
      Matcher m;
      try {
        m = groks.get(i).match(line);
      } catch (Grok.OverBudget _) {
        over++;
        continue;
      }
      if (m != null) {
        captures(d, b, ascii, groks.get(i), targets.get(i), m, line);
        return true;
      }
    }
    return d.reject(
        over == 0
            ? "none of " + groks.size() + " patterns is found in the line"
            : "over the step budget of " + over + " patterns",
        d.from());
  }

  private void captures(
      Draft d, byte[] b, boolean ascii, Grok grok, Target[] targets, Matcher m, String line) {
    d.start(mapping);
    int base = d.from();
    for (int k = 0; k < targets.length; k++) {
      Grok.Capture c = grok.captures().get(k);
      int start = m.start(c.group());
      if (start < 0) {
        continue;
      }
      int end = m.end(c.group());
      if (ascii) {
        targets[k].set(d, b, base + start, base + end, c.kind());
      } else {
        byte[] text = line.substring(start, end).getBytes(StandardCharsets.UTF_8);
        targets[k].set(d, text, 0, text.length, c.kind());
      }
    }
  }

  private static boolean ascii(byte[] b, int from, int to) {
    int all = 0;
    for (int i = from; i < to; i++) {
      all |= b[i];
    }
    return all >= 0;
  }
}
