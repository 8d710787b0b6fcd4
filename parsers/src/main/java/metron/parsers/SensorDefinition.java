package metron.parsers;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import metron.config.ConfigNode;
import metron.config.Faults;
import metron.config.Section;
import metron.event.FieldCatalogue;
import metron.parsers.asa.AsaFormat;
import metron.parsers.cef.CefFormat;
import metron.parsers.csv.CsvFormat;
import metron.parsers.dissect.DissectFormat;
import metron.parsers.grok.Grok;
import metron.parsers.grok.GrokFormat;
import metron.parsers.json.JsonFormat;
import metron.parsers.keyvalue.KeyValueFormat;
import metron.parsers.leef.LeefFormat;
import metron.parsers.mapping.FormatPlan;
import metron.parsers.mapping.MappingPlan;
import metron.parsers.netflow.NetflowFormat;
import metron.parsers.regex.RegexFormat;
import metron.parsers.snort.SnortFormat;
import metron.parsers.squid.SquidFormat;
import metron.parsers.syslog.SyslogFormat;
import metron.parsers.w3c.W3cFormat;
import metron.parsers.xml.XmlFormat;
import metron.parsers.zeek.ZeekFormat;

/// Reads a `sensor.yaml`.
///
/// ```yaml
/// name: proxy                      # lower case; also the tail of the topic raw.<name>
/// aliases: [web_proxy]
/// vendor: Example
/// product: Proxy
/// description: Access log of the proxy.
/// framing: lines                   # lines, netflow, zeek, w3c; multiline with record-start: an expression
/// zone: Europe/Berlin              # of stamps that carry none; UTC when not given
/// format: [syslog, {json: {type: event_type}}]     # a chain: each link takes what the one before left
/// ```
///
/// The keys of the mapping stand beside these; see [MappingPlan].
final class SensorDefinition {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_]{0,63}");

  private static final Map<String, FormatPlan.Compiler> FORMATS = new LinkedHashMap<>();

  static {
    FORMATS.put("asa", AsaFormat::compile);
    FORMATS.put("cef", CefFormat::compile);
    FORMATS.put("csv", CsvFormat::compile);
    FORMATS.put("dissect", DissectFormat::compile);
    FORMATS.put("grok", GrokFormat::compile);
    FORMATS.put("json", JsonFormat::compile);
    FORMATS.put("keyvalue", KeyValueFormat::compile);
    FORMATS.put("leef", LeefFormat::compile);
    FORMATS.put("netflow", NetflowFormat::compile);
    FORMATS.put("regex", RegexFormat::compile);
    FORMATS.put("snort", SnortFormat::compile);
    FORMATS.put("squid", SquidFormat::compile);
    FORMATS.put("syslog", SyslogFormat::compile);
    FORMATS.put("w3c", W3cFormat::compile);
    FORMATS.put("xml", XmlFormat::compile);
    FORMATS.put("zeek", ZeekFormat::compile);
  }

  private enum Frames {
    LINES,
    MULTILINE,
    NETFLOW,
    W3C,
    ZEEK
  }

  private SensorDefinition() {}

  /// @return empty if there was a fault
  static Optional<Sensor> read(String path, String text, Faults faults) {
    int before = faults.count();
    Section s = ConfigNode.parse(path, text, faults).section(faults);
    String name = s.string("name");
    if (!name.isEmpty() && !NAME.matcher(name).matches()) {
      s.fault("name", "name is \"" + name + "\", expected lower-case letters, digits and '_'");
    }
    Sensor.Identity identity =
        new Sensor.Identity(
            name,
            s.strings("aliases"),
            s.string("vendor", ""),
            s.string("product", ""),
            s.string("description", ""));
    Framing framing =
        switch (s.oneOf("framing", Frames.class, Frames.LINES)) {
          case LINES -> Framing.LINES;
          case MULTILINE -> multiline(s);
          case NETFLOW -> Framing.NETFLOW;
          case W3C -> Framing.W3C;
          case ZEEK -> Framing.ZEEK;
        };
    ZoneId zone = zone(s);
    MappingPlan mapping = MappingPlan.read(name, s);
    List<String> formats = new ArrayList<>();
    List<FormatPlan> plans = new ArrayList<>();
    for (ConfigNode link : s.items("format")) {
      format(link, mapping, formats, plans, faults);
    }
    if (plans.isEmpty() && faults.count() == before) {
      s.fault("format", "format is missing, expected one or several of " + names());
    }
    s.finish();
    return faults.count() > before
        ? Optional.empty()
        : Optional.of(new Sensor(identity, formats, plans, mapping, zone, framing, text));
  }

  /// A link is a name, or a name with options.
  private static void format(
      ConfigNode link,
      MappingPlan mapping,
      List<String> formats,
      List<FormatPlan> plans,
      Faults faults) {
    String name;
    Section options;
    if (link instanceof ConfigNode.Mapping m && m.entries().size() == 1) {
      name = m.entries().getFirst().key();
      options =
          name.equals("choose")
              ? new ConfigNode.Mapping(link.at(), List.of()).section(faults)
              : m.entries().getFirst().value().section(faults);
    } else {
      name = link.text(faults);
      options = new ConfigNode.Mapping(link.at(), List.of()).section(faults);
    }
    if (name.equals("choose")) {
      formats.add(name);
      plans.add(choose(link, mapping, formats, faults));
      return;
    }
    FormatPlan.Compiler compiler = FORMATS.get(name);
    if (compiler == null) {
      faults.add(link.at(), "format is \"" + name + "\", expected one of " + names());
      return;
    }
    formats.add(name);
    plans.add(compiler.compile(options, mapping));
    options.finish();
  }

  private static FormatPlan choose(
      ConfigNode link, MappingPlan mapping, List<String> formats, Faults faults) {
    List<ChooseFormat.Branch> branches = new ArrayList<>();
    ConfigNode list = link instanceof ConfigNode.Mapping m ? m.entries().getFirst().value() : link;
    if (!(list instanceof ConfigNode.Items items)) {
      faults.add(list.at(), "choose is " + list.found() + ", expected a list of branches");
      return mappings -> new ChooseFormat(mappings, List.of());
    }
    for (ConfigNode node : items.items()) {
      Section s = node.section(faults);
      String starts = s.string("starts", "");
      String contains = s.string("contains", "");
      Grok matches = s.has("matches") ? expression(s, "matches") : null;
      String field = s.string("field", "");
      List<String> is = s.strings("is");
      if (field.isEmpty() != is.isEmpty()) {
        s.fault(
            field.isEmpty() ? "is" : "field",
            "'field' and 'is' go together, expected both or none");
      }
      List<FormatPlan> plans = new ArrayList<>();
      List<String> inner = new ArrayList<>();
      for (ConfigNode next : s.items("format")) {
        format(next, mapping, inner, plans, faults);
      }
      inner.stream().filter(name -> !formats.contains(name)).forEach(formats::add);
      branches.add(
          new ChooseFormat.Branch(
              starts,
              contains,
              matches,
              field.isEmpty() ? null : FieldCatalogue.get().field(field),
              is,
              plans));
      s.finish();
    }
    return mappings -> new ChooseFormat(mappings, branches);
  }

  private static Framing multiline(Section s) {
    return Framing.multiline(expression(s, "record-start"));
  }

  private static Grok expression(Section s, String key) {
    try {
      return Grok.compile(s.string(key), Grok.standard());
    } catch (IllegalArgumentException e) {
      s.fault(key, key + ": " + e.getMessage());
      return Grok.compile("^", Grok.standard());
    }
  }

  private static String names() {
    return "choose, " + String.join(", ", FORMATS.keySet());
  }

  private static ZoneId zone(Section s) {
    String zone = s.string("zone", "UTC");
    try {
      return ZoneId.of(zone).normalized();
    } catch (DateTimeException e) {
      s.fault(
          "zone",
          "zone is \"" + zone + "\", expected a zone such as \"Europe/Berlin\" or \"+02:00\"");
      return ZoneOffset.UTC;
    }
  }
}
