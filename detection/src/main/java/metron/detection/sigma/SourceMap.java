package metron.detection.sigma;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import metron.config.ConfigException;
import metron.config.ConfigNode;
import metron.config.Faults;
import metron.config.Section;

/// Which events are of which log sources, and under which names their values are found: what Sigma calls a pipeline.
///
/// ```yaml
/// otherwise: none              # of an event that no entry fits: no rule is asked, or 'all'
/// placeholders: {Servers: [dc1, dc2]}
/// fields: {Provider_Name: SourceName}   # in all entries
/// sources:
///   - events: {event.dataset: zeek.dns}
///     is: [{product: zeek, service: dns}, {category: dns}]
///     fields: {query: dns.question.name, record_type: dns.question.type}
///     prefixes: [zeek.dns.]    # for names that `fields` does not have; the name itself comes last
/// ```
///
/// @param askAll whether all rules are asked about an event that no entry fits
public record SourceMap(
    List<Entry> entries, Map<String, List<String>> placeholders, boolean askAll) {
  /// Events of some log sources.
  ///
  /// @param events field to values, of which an event has one each; folded
  /// @param is what they are
  /// @param fields Sigma's name to names in the event, the first with a value counts
  /// @param prefixes tried, with the name behind, for other names
  public record Entry(
      Map<String, List<String>> events,
      List<LogSource> is,
      Map<String, List<String>> fields,
      List<String> prefixes) {
    public Entry {
      events = Map.copyOf(events);
      is = List.copyOf(is);
      fields = Map.copyOf(fields);
      prefixes = List.copyOf(prefixes);
    }

    /// An entry for events that are known to be of a log source.
    static Entry of(LogSource source) {
      return new Entry(Map.of(), List.of(source), Map.of(), List.of());
    }

    boolean isFor(SigmaRule rule) {
      return is.isEmpty() || is.stream().anyMatch(rule.logSource()::covers);
    }

    /// Where a field is found, in this order.
    List<String> names(String field) {
      List<String> names = new ArrayList<>();
      for (String mapped : fields.getOrDefault(field, List.of())) {
        names.add(mapped);
      }
      for (String prefix : prefixes) {
        names.add(prefix + field);
      }
      names.add(field);
      if (field.indexOf(' ') >= 0) {
        names.add(field.replace(" ", ""));
      }
      return names;
    }
  }

  public SourceMap {
    entries = List.copyOf(entries);
    placeholders = Map.copyOf(placeholders);
  }

  /// For events in the names of Sysmon, the Windows event log and Sigma's taxonomy.
  public static SourceMap raw() {
    return shipped("raw.yaml");
  }

  /// For Metron's own events.
  public static SourceMap ecs() {
    return shipped("ecs.yaml");
  }

  /// This map with the entries of another behind its own. An event that both have an entry for fits both.
  public SourceMap and(SourceMap other) {
    List<Entry> both = new ArrayList<>(entries);
    both.addAll(other.entries);
    Map<String, List<String>> values = new LinkedHashMap<>(other.placeholders);
    values.putAll(placeholders);
    return new SourceMap(both, values, askAll || other.askAll);
  }

  /// Why a rule is never asked; empty: some entry is for it.
  public String inactive(SigmaRule rule) {
    return askAll || entries.stream().anyMatch(e -> e.isFor(rule))
        ? ""
        : "no sensor gives events of its log source (" + rule.logSource() + ")";
  }

  private static SourceMap shipped(String name) {
    try (InputStream in = SourceMap.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource " + name + " is missing from this build");
      }
      Faults faults = new Faults();
      SourceMap map = read(name, new String(in.readAllBytes(), StandardCharsets.UTF_8), faults);
      faults.throwIfAny();
      return map;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ConfigException e) {
      throw new IllegalStateException("what is shipped is faulty: " + e.getMessage(), e);
    }
  }

  public static SourceMap read(String file, String text, Faults faults) {
    Section section = ConfigNode.parse(file, text, faults).section(faults);
    boolean all = section.oneOf("otherwise", List.of("none", "all"), "none").equals("all");
    Map<String, List<String>> placeholders = lists(section, "placeholders", faults);
    Map<String, Map<String, List<String>>> shared = new LinkedHashMap<>();
    section
        .entries("shared")
        .forEach((name, node) -> shared.put(name, lists(node.section(faults), faults)));
    Map<String, List<String>> common = lists(section, "fields", faults);
    List<Entry> entries = new ArrayList<>();
    for (Section source : section.children("sources")) {
      Map<String, List<String>> events = new LinkedHashMap<>();
      lists(source, "events", faults)
          .forEach(
              (field, values) -> events.put(field, values.stream().map(Folding::fold).toList()));
      List<LogSource> is = new ArrayList<>();
      for (Section one : source.children("is")) {
        is.add(
            new LogSource(
                one.string("category", ""), one.string("product", ""), one.string("service", "")));
        one.finish();
      }
      Map<String, List<String>> fields = new LinkedHashMap<>(common);
      for (String name : source.strings("use")) {
        if (shared.containsKey(name)) {
          fields.putAll(shared.get(name));
        } else {
          source.fault("use", "'" + name + "' is not under 'shared'");
        }
      }
      fields.putAll(lists(source, "fields", faults));
      entries.add(new Entry(events, is, fields, source.strings("prefixes")));
      source.finish();
    }
    section.finish();
    return new SourceMap(entries, placeholders, all);
  }

  private static Map<String, List<String>> lists(Section section, String key, Faults faults) {
    Map<String, List<String>> lists = new LinkedHashMap<>();
    section.entries(key).forEach((name, node) -> lists.put(name, node.texts(faults)));
    return lists;
  }

  private static Map<String, List<String>> lists(Section section, Faults faults) {
    Map<String, List<String>> lists = new LinkedHashMap<>();
    for (String key : section.keys()) {
      section.node(key).ifPresent(node -> lists.put(key, node.texts(faults)));
    }
    return lists;
  }
}
