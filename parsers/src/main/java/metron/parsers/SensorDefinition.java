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
import metron.parsers.asa.AsaFormat;
import metron.parsers.cef.CefFormat;
import metron.parsers.csv.CsvFormat;
import metron.parsers.grok.GrokFormat;
import metron.parsers.json.JsonFormat;
import metron.parsers.mapping.FormatPlan;
import metron.parsers.mapping.MappingPlan;
import metron.parsers.snort.SnortFormat;
import metron.parsers.squid.SquidFormat;
import metron.parsers.syslog.SyslogFormat;
import metron.parsers.zeek.ZeekFormat;

/// Reads a `sensor.yaml`.
///
/// ```yaml
/// name: proxy                      # lower case; also the tail of the topic raw.<name>
/// aliases: [web_proxy]
/// vendor: Example
/// product: Proxy
/// description: Access log of the proxy.
/// framing: lines                   # lines, zeek
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
    FORMATS.put("grok", GrokFormat::compile);
    FORMATS.put("json", JsonFormat::compile);
    FORMATS.put("snort", SnortFormat::compile);
    FORMATS.put("squid", SquidFormat::compile);
    FORMATS.put("syslog", SyslogFormat::compile);
    FORMATS.put("zeek", ZeekFormat::compile);
  }

  private enum Frames {
    LINES,
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
      options = m.entries().getFirst().value().section(faults);
    } else {
      name = link.text(faults);
      options = new ConfigNode.Mapping(link.at(), List.of()).section(faults);
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

  private static String names() {
    return String.join(", ", FORMATS.keySet());
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
