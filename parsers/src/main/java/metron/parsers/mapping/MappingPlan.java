package metron.parsers.mapping;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import metron.config.ConfigNode;
import metron.config.Faults;
import metron.config.Section;
import metron.event.Ecs;
import metron.event.Field;
import metron.event.FieldCatalogue;
import metron.parsers.scan.Dissect;

/// The mapping part of a sensor's definition, checked and compiled; immutable, shared by all its parsers.
///
/// ```yaml
/// prefix: zeek.{type}              # where unknown fields go; {type} is the record type
/// set: {event.kind: event}         # fixed fields
/// fields:                          # source name: field, or how
///   id.orig_h: source.ip
///   ts: {to: "@timestamp", as: epoch}
///   answers: [dns.answers.data, {to: dns.resolved_ip, as: ip-or-nothing}]     # several fields
///   pad: []                                  # dropped
///   conn_state:
///     to: zeek.connection.state
///     ignore: ["-"]                          # says nothing
///     values: {C_INTERNET: IN}               # other words; strict: true drops words not listed
///     set: {SF: {event.type: [connection, end]}}
///     otherwise: {event.type: [connection]}
/// own: {zeek.connection.state: text}         # vendor fields and their types
///   who:
///     to: user.name
///     if-absent: true                        # the first that speaks wins
///     add: true                              # beside the values that the field has
///     collect: true                          # as add, in order and the same as often as it comes
///     layout: ['{domain}\{account}']          # in parts; each capture goes through `fields` by its name
///     split: ","                             # several values
///     any-case: true                         # words below are in lower case, the value in any
///   arg#: {to: process.args, collect: true}  # arg0, arg1 and so on; `arg*` is any name that begins so
/// derive: [network-totals]
/// rules: [{if: {event.action: deny}, set: {event.type: [denied]}}]     # see [Rule]
/// types:                           # the same keys again for each record type, added to what stands above
///   conn: {prefix: zeek.connection, set: …, fields: …}
/// ```
public final class MappingPlan {
  record Entry(String path, Target target) {}

  record Part(
      String prefix,
      Constants constants,
      List<Entry> entries,
      List<Derivation> derivations,
      List<Rule> rules) {
    Part {
      entries = List.copyOf(entries);
      derivations = List.copyOf(derivations);
      rules = List.copyOf(rules);
    }
  }

  private final String name;
  private final Part base;
  private final Map<String, Part> types;

  private MappingPlan(String name, Part base, Map<String, Part> types) {
    this.name = name;
    this.base = base;
    this.types = types;
  }

  /// Reads `prefix`, `set`, `fields`, `own`, `derive` and `types`. Faults go to the section.
  public static MappingPlan read(String sensor, Section s) {
    Faults faults = s.faults();
    String prefix = s.string("prefix", sensor);
    String bare = prefix.replace(".{type}", "");
    OwnFields own = OwnFields.read(bare, s.entries("own"), faults);
    Part base = part(s, own, new Part(prefix, Constants.NONE, List.of(), List.of(), List.of()));
    Map<String, Part> types = new LinkedHashMap<>();
    s.entries("types")
        .forEach(
            (type, node) -> {
              Section t = node.section(faults);
              Part part = part(t, own, base);
              for (String name : type.split("[, ]+")) {
                types.put(name, part);
              }
              t.finish();
            });
    return new MappingPlan(sensor, base, types);
  }

  public Mappings open() {
    return new Mappings(this);
  }

  Part base() {
    return base;
  }

  Map<String, Part> types() {
    return types;
  }

  Mapping base(Mappings owner) {
    return mapping(owner, base, base.prefix().replace(".{type}", ""), name, "");
  }

  Mapping open(Mappings owner, String type, Part part) {
    return mapping(owner, part, part.prefix().replace("{type}", type), name, type);
  }

  private static Mapping mapping(
      Mappings owner, Part part, String prefix, String sensor, String type) {
    Constants origin =
        Constants.of(Ecs.EVENT_MODULE, sensor)
            .with(
                Constants.of(
                    Ecs.EVENT_DATASET,
                    type.isEmpty() ? sensor : sensor + "." + type.toLowerCase(Locale.ROOT)));
    return new Mapping(
        owner,
        prefix,
        origin.with(part.constants()),
        part.entries(),
        part.derivations(),
        part.rules());
  }

  private static Part part(Section s, OwnFields own, Part above) {
    Faults faults = s.faults();
    String prefix = s.string("prefix", above.prefix());
    Constants constants = above.constants().with(Constants.read(s.entries("set"), own, faults));
    List<Entry> entries = new ArrayList<>(above.entries());
    s.entries("fields")
        .forEach((path, node) -> entries.add(new Entry(path, target(path, node, own, faults))));
    List<Derivation> derivations = new ArrayList<>(above.derivations());
    for (String name : s.strings("derive")) {
      Derivation d = Derivation.named(name);
      if (d == null) {
        s.fault("derive", "derive is \"" + name + "\", expected one of " + Derivation.names());
      } else {
        derivations.add(d);
      }
    }
    // A type's own rules come first, so that those of all types see what they set.
    List<Rule> rules = new ArrayList<>();
    s.items("rules").forEach(node -> rules.add(Rule.read(node, own, faults)));
    rules.addAll(above.rules());
    return new Part(prefix, constants, entries, derivations, rules);
  }

  private static Target target(String path, ConfigNode node, OwnFields own, Faults faults) {
    if (node instanceof ConfigNode.Items list) {
      List<Target> all = new ArrayList<>();
      list.items().forEach(item -> all.add(target(path, item, own, faults)));
      return single(all);
    }
    if (!(node instanceof ConfigNode.Mapping)) {
      return single(targets(node.texts(faults), node, Conversion.DEFAULT, path, own, faults));
    }
    Section s = node.section(faults);
    Conversion as = s.oneOf("as", Conversion.class, Conversion.DEFAULT);
    List<Target> targets =
        targets(s.strings("to"), s.node("to").orElse(node), as, path, own, faults);
    Target to = single(targets);
    if (s.bool("add", false)) {
      List<Target> adding = new ArrayList<>();
      for (String name : s.strings("to")) {
        Field field = own.resolve(name, node.at(), faults);
        if (!field.repeated()) {
          s.fault("add", "add: " + name + " has one value, expected a field that repeats");
        }
        adding.add(new Target.Adding(field, as));
      }
      to = single(adding);
    }
    if (s.bool("collect", false)) {
      to = new Target.Collecting(to);
    }
    List<Dissect> layouts = layouts(s);
    if (!layouts.isEmpty()) {
      Target laidOut = new Target.LaidOut(layouts);
      to = to.equals(Target.NOWHERE) ? laidOut : new Target.Many(List.of(to, laidOut));
    }
    Map<String, String> values = s.texts("values");
    boolean strict = s.bool("strict", false);
    boolean anyCase = s.bool("any-case", false);
    if (!values.isEmpty()) {
      Names<byte[]> words = new Names<>();
      values.forEach((from, word) -> words.put(from, word.getBytes(StandardCharsets.UTF_8)));
      to = new Target.Translated(words, strict, anyCase, to);
    }
    Map<String, ConfigNode> cases = s.entries("set");
    Map<String, ConfigNode> otherwise = s.entries("otherwise");
    if (!cases.isEmpty() || !otherwise.isEmpty()) {
      Cases words = new Cases();
      cases.forEach(
          (value, fields) ->
              words.put(value, Constants.read(entries(fields, faults), own, faults)));
      Target implies = new Target.Implies(words, Constants.read(otherwise, own, faults));
      if (anyCase) {
        implies = new Target.AnyCase(implies);
      }
      to = to.equals(Target.NOWHERE) ? implies : new Target.Many(List.of(to, implies));
    }
    Optional<String> split = s.optionalString("split");
    if (split.isPresent()) {
      String separator = split.get().equals("tab") ? "\t" : split.get();
      if (separator.length() != 1 || separator.charAt(0) > 0x7f) {
        s.fault("split", "split is \"" + separator + "\", expected one ASCII character or tab");
      } else {
        to = new Target.Split(separator.charAt(0), to);
      }
    }
    if (s.bool("if-absent", false)) {
      List<String> names = s.strings("to");
      if (names.isEmpty()) {
        s.fault("if-absent", "if-absent without 'to', expected the field that is to be absent");
      } else {
        Field field = FieldCatalogue.get().field(names.getFirst());
        to = new Target.IfAbsent(field, to);
      }
    }
    List<String> ignore = s.strings("ignore");
    if (!ignore.isEmpty()) {
      Names<Boolean> ignored = new Names<>();
      ignore.forEach(word -> ignored.put(word, true));
      to = new Target.Unless(ignored, to);
    }
    s.finish();
    return to;
  }

  private static List<Dissect> layouts(Section s) {
    List<Dissect> layouts = new ArrayList<>();
    for (ConfigNode node : s.items("layout")) {
      try {
        layouts.add(Dissect.compile(node.text(s.faults())));
      } catch (IllegalArgumentException e) {
        s.faults().add(node.at(), "layout: " + e.getMessage());
      }
    }
    return layouts;
  }

  private static Map<String, ConfigNode> entries(ConfigNode node, Faults faults) {
    Map<String, ConfigNode> found = new LinkedHashMap<>();
    if (node instanceof ConfigNode.Mapping mapping) {
      mapping.entries().forEach(e -> found.put(e.key(), e.value()));
    } else {
      faults.add(node.at(), "found " + node.found() + ", expected fields with values");
    }
    return found;
  }

  private static List<Target> targets(
      List<String> names, ConfigNode at, Conversion as, String path, OwnFields own, Faults faults) {
    List<Target> targets = new ArrayList<>();
    for (String name : names) {
      Field field = own.resolve(name, at.at(), faults);
      targets.add(Target.of(field, as, path));
    }
    return targets;
  }

  private static Target single(List<Target> targets) {
    return switch (targets.size()) {
      case 0 -> Target.NOWHERE;
      case 1 -> targets.getFirst();
      default -> new Target.Many(targets);
    };
  }
}
