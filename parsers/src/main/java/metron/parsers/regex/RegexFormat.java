package metron.parsers.regex;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import metron.config.ConfigNode;
import metron.config.Section;
import metron.parsers.grok.Grok;
import metron.parsers.mapping.Draft;
import metron.parsers.mapping.Format;
import metron.parsers.mapping.FormatPlan;
import metron.parsers.mapping.Mapping;
import metron.parsers.mapping.MappingPlan;
import metron.parsers.mapping.Mappings;
import metron.parsers.scan.Bytes;
import org.jspecify.annotations.Nullable;

/// Selects expressions by the kind of a line: `select`, an expression whose first group is the record type; `types`, one or
/// several expressions for each type, all of which that are found add their named groups; `header`, expressions for lines of every
/// type; `otherwise`: `refuse` (default) or `keep` for lines of a type that is not listed.
///
/// Groups are named `(?<name>…)`, with points if need be, and references such as `%{IP:name}` are known too. Each search has a
/// budget of steps ([Grok]): an expression that explodes is given up, and the line refused.
public final class RegexFormat implements Format {
  private static final int MAX_LINE = 65_536;

  private final Mappings mappings;
  private final @Nullable Grok select;
  private final List<Grok> header;
  private final Map<String, List<Grok>> types;
  private final boolean keep;

  private RegexFormat(
      Mappings mappings,
      @Nullable Grok select,
      List<Grok> header,
      Map<String, List<Grok>> types,
      boolean keep) {
    this.mappings = mappings;
    this.select = select;
    this.header = header;
    this.types = types;
    this.keep = keep;
  }

  public static FormatPlan compile(Section options, MappingPlan mapping) {
    List<Grok> select = compiled(options, options.node("select"));
    List<Grok> header = compiled(options, options.node("header"));
    Map<String, List<Grok>> types = new LinkedHashMap<>();
    options
        .entries("types")
        .forEach((type, node) -> types.put(type, compiled(options, Optional.of(node))));
    boolean keep = options.oneOf("otherwise", List.of("refuse", "keep"), "refuse").equals("keep");
    if (select.isEmpty() && !types.isEmpty()) {
      options.fault("select", "select is missing, expected an expression whose group is the type");
    }
    if (header.isEmpty() && types.isEmpty()) {
      options.fault("types", "types is missing, expected expressions by record type");
    }
    Grok first = select.isEmpty() ? null : select.getFirst();
    return mappings -> new RegexFormat(mappings, first, header, types, keep);
  }

  private static List<Grok> compiled(Section options, Optional<ConfigNode> node) {
    List<Grok> all = new ArrayList<>();
    if (node.isPresent()) {
      for (String text : node.get().texts(options.faults())) {
        try {
          all.add(Grok.compile(text, Grok.standard()));
        } catch (IllegalArgumentException e) {
          options.faults().add(node.get().at(), String.valueOf(e.getMessage()));
        }
      }
    }
    return List.copyOf(all);
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
    try {
      String type = select == null ? "" : type(select, line);
      List<Grok> expressions = types.get(type);
      if (expressions == null && !keep && header.isEmpty()) {
        return d.reject(
            type.isEmpty()
                ? "no record type in \"" + Bytes.excerpt(b, d.from(), to) + "\""
                : "record type is \""
                    + type
                    + "\", expected one of "
                    + String.join(", ", types.keySet()),
            d.from());
      }
      Mapping mapping = type.isEmpty() ? mappings.base() : mappings.of(type);
      d.start(mapping);
      int found = 0;
      for (Grok grok : header) {
        found += groups(d, mapping, grok, line);
      }
      for (Grok grok : expressions == null ? List.<Grok>of() : expressions) {
        found += groups(d, mapping, grok, line);
      }
      if (found == 0 && !keep) {
        return d.reject("no expression of record type \"" + type + "\" is found", d.from());
      }
      return true;
    } catch (Grok.OverBudget _) {
      return d.reject("over the step budget of an expression", d.from());
    }
  }

  private static String type(Grok select, String line) {
    Matcher m = select.match(line);
    if (m == null) {
      return "";
    }
    String group = m.groupCount() > 0 ? m.group(1) : m.group();
    return group == null ? "" : group;
  }

  private static int groups(Draft d, Mapping mapping, Grok grok, String line) {
    Matcher m = grok.match(line);
    if (m == null) {
      return 0;
    }
    for (Grok.Capture c : grok.captures()) {
      String text = m.group(c.group());
      if (text != null) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        mapping.target(c.field()).set(d, bytes, 0, bytes.length, c.kind());
      }
    }
    return 1;
  }
}
