package metron.parsers.dissect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import metron.config.ConfigNode;
import metron.config.Section;
import metron.event.Field;
import metron.event.FieldCatalogue;
import metron.parsers.mapping.Draft;
import metron.parsers.mapping.Format;
import metron.parsers.mapping.FormatPlan;
import metron.parsers.mapping.Mapping;
import metron.parsers.mapping.MappingPlan;
import metron.parsers.mapping.Mappings;
import metron.parsers.mapping.Names;
import metron.parsers.mapping.Target;
import metron.parsers.scan.Bytes;
import metron.parsers.scan.Dissect;
import org.jspecify.annotations.Nullable;

/// Layouts of text ([Dissect]), tried in order; the captures of the first that fits go through the mapping. Options:
///
/// - `patterns`: layouts, each a text or `{pattern: …, type: …}` with the record type of lines that fit;
/// - `by` and `cases`: a field that a link before has set, and the layouts for its values, tried before `patterns`; several values
///   stand in one key with commas between;
/// - `type-from`: the capture whose value is the record type;
/// - `skip`: layouts of lines that tell nothing, such as headers;
/// - `rest`: the capture that is left for the next link (`{rest}`); it is mapped to nothing;
/// - `otherwise`: what becomes of a text that none fits: `refuse` (default) or `keep`, which leaves the event as it is.
public final class DissectFormat implements Format {
  private record Layout(Dissect dissect, String type) {}

  private record Options(
      List<Layout> patterns,
      List<Layout> skip,
      Map<String, List<Layout>> cases,
      @Nullable Field by,
      String typeFrom,
      String rest,
      boolean keep) {}

  private static final class Opened {
    final Dissect dissect;
    // Null: the mapping that a link before has chosen goes on.
    final @Nullable Mapping mapping;
    final Target[] targets;
    final int rest;
    final int typeFrom;

    Opened(Layout layout, Mappings mappings, Options options) {
      String rest = options.rest();
      this.dissect = layout.dissect();
      this.mapping = layout.type().isEmpty() ? null : mappings.of(layout.type());
      Mapping with = mapping == null ? mappings.base() : mapping;
      List<String> names = dissect.names();
      this.targets = names.stream().map(with::target).toArray(Target[]::new);
      this.rest = rest.isEmpty() ? -1 : names.indexOf(rest);
      this.typeFrom = options.typeFrom().isEmpty() ? -1 : names.indexOf(options.typeFrom());
    }
  }

  private final Mappings mappings;
  private final Opened[] patterns;
  private final Opened[] skip;
  private final Names<Opened[]> cases = new Names<>();
  private final @Nullable Field by;
  private final boolean keep;
  private final int[] slots;

  private DissectFormat(Mappings mappings, Options options) {
    this.mappings = mappings;
    this.by = options.by();
    this.keep = options.keep();
    this.patterns = open(options.patterns(), mappings, options);
    this.skip = open(options.skip(), mappings, options);
    int most = Math.max(most(patterns), most(skip));
    for (Map.Entry<String, List<Layout>> e : options.cases().entrySet()) {
      Opened[] layouts = open(e.getValue(), mappings, options);
      most = Math.max(most, most(layouts));
      for (String value : e.getKey().split(",")) {
        cases.put(value.strip(), layouts);
      }
    }
    this.slots = new int[most * 2];
  }

  private static Opened[] open(List<Layout> layouts, Mappings mappings, Options options) {
    return layouts.stream().map(l -> new Opened(l, mappings, options)).toArray(Opened[]::new);
  }

  private static int most(Opened[] layouts) {
    int most = 0;
    for (Opened l : layouts) {
      most = Math.max(most, l.targets.length);
    }
    return most;
  }

  public static FormatPlan compile(Section options, MappingPlan mapping) {
    List<Layout> patterns = layouts(options, options.items("patterns"));
    Map<String, List<Layout>> cases = new java.util.LinkedHashMap<>();
    options
        .entries("cases")
        .forEach(
            (value, node) ->
                cases.put(
                    value,
                    layouts(
                        options, node instanceof ConfigNode.Items i ? i.items() : List.of(node))));
    String by = options.string("by", "");
    String rest = options.string("rest", "");
    String typeFrom = options.string("type-from", "");
    boolean keep = options.oneOf("otherwise", List.of("refuse", "keep"), "refuse").equals("keep");
    if (by.isEmpty() != cases.isEmpty()) {
      options.fault(
          by.isEmpty() ? "cases" : "by", "'by' and 'cases' go together, expected both or none");
    }
    if (patterns.isEmpty() && cases.isEmpty()) {
      options.fault("patterns", "patterns is missing, expected one or several layouts");
    }
    Options all =
        new Options(
            patterns,
            layouts(options, options.items("skip")),
            cases,
            by.isEmpty() ? null : FieldCatalogue.get().field(by),
            typeFrom,
            rest,
            keep);
    return mappings -> new DissectFormat(mappings, all);
  }

  private static List<Layout> layouts(Section options, List<ConfigNode> nodes) {
    List<Layout> layouts = new ArrayList<>();
    for (ConfigNode node : nodes) {
      String pattern;
      String type = "";
      if (node instanceof ConfigNode.Mapping) {
        Section s = node.section(options.faults());
        pattern = s.string("pattern");
        type = s.string("type", "");
        s.finish();
      } else {
        pattern = node.text(options.faults());
      }
      try {
        layouts.add(new Layout(Dissect.compile(pattern), type));
      } catch (IllegalArgumentException e) {
        options.faults().add(node.at(), String.valueOf(e.getMessage()));
      }
    }
    return layouts;
  }

  @Override
  public boolean read(Draft d) {
    byte[] b = d.bytes();
    int to = Bytes.trimEnd(b, d.from(), d.to());
    if (to == d.from()) {
      return d.started() || d.skip("blank");
    }
    if (by != null && d.started()) {
      String value = d.event().string(by);
      Opened[] layouts = value == null ? null : cases.get(value);
      if (layouts != null && fits(d, b, to, layouts)) {
        return true;
      }
    }
    if (fits(d, b, to, patterns)) {
      return true;
    }
    for (Opened layout : skip) {
      if (layout.dissect.match(b, d.from(), to, slots)) {
        return d.skip("header");
      }
    }
    if (keep) {
      if (!d.started()) {
        d.start(mappings.base());
      }
      return true;
    }
    return d.reject(
        "none of the layouts fits \"" + Bytes.excerpt(b, d.from(), to) + "\"", d.from());
  }

  private boolean fits(Draft d, byte[] b, int to, Opened[] layouts) {
    for (Opened layout : layouts) {
      if (layout.dissect.match(b, d.from(), to, slots)) {
        take(d, b, to, layout);
        return true;
      }
    }
    return false;
  }

  private void take(Draft d, byte[] b, int to, Opened layout) {
    if (layout.typeFrom >= 0 && slots[2 * layout.typeFrom] >= 0) {
      int k = layout.typeFrom;
      Mapping mapping = mappings.of(b, slots[2 * k], slots[2 * k + 1]);
      d.start(mapping);
      for (int i = 0; i < layout.targets.length; i++) {
        if (i != layout.rest && slots[2 * i] >= 0) {
          mapping.target(layout.dissect.names().get(i)).set(d, b, slots[2 * i], slots[2 * i + 1]);
        }
      }
      rest(d, to, layout);
      return;
    }
    if (layout.mapping != null) {
      d.start(layout.mapping);
    } else if (!d.started()) {
      d.start(mappings.base());
    }
    Target[] targets = layout.targets;
    for (int k = 0; k < targets.length; k++) {
      if (k != layout.rest && slots[2 * k] >= 0) {
        targets[k].set(d, b, slots[2 * k], slots[2 * k + 1]);
      }
    }
    rest(d, to, layout);
  }

  private void rest(Draft d, int to, Opened layout) {
    if (layout.rest >= 0) {
      int from = slots[2 * layout.rest];
      d.payload(from < 0 ? to : from, from < 0 ? to : slots[2 * layout.rest + 1]);
    }
  }
}
