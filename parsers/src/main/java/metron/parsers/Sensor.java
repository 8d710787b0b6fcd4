package metron.parsers;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import metron.parsers.mapping.Draft;
import metron.parsers.mapping.Format;
import metron.parsers.mapping.FormatPlan;
import metron.parsers.mapping.MappingPlan;
import metron.parsers.mapping.Mappings;

/// A source of records that Metron understands: what it is, how its records lie in a stream, and how one becomes an event.
/// Immutable; made from a definition by [Sensors].
public final class Sensor {
  private final Identity identity;
  private final List<String> formats;
  private final List<FormatPlan> plans;
  private final MappingPlan mapping;
  private final ZoneId zone;
  private final Framing framing;
  private final String definition;

  /// What people call a sensor.
  ///
  /// @param name lower case, also the tail of its topic `raw.<name>`
  /// @param aliases other names that are taken for it
  record Identity(
      String name, List<String> aliases, String vendor, String product, String description) {
    Identity {
      aliases = List.copyOf(aliases);
    }
  }

  Sensor(
      Identity identity,
      List<String> formats,
      List<FormatPlan> plans,
      MappingPlan mapping,
      ZoneId zone,
      Framing framing,
      String definition) {
    this.identity = identity;
    this.formats = List.copyOf(formats);
    this.plans = List.copyOf(plans);
    this.mapping = mapping;
    this.zone = zone;
    this.framing = framing;
    this.definition = definition;
  }

  public String name() {
    return identity.name();
  }

  public List<String> aliases() {
    return identity.aliases();
  }

  public String vendor() {
    return identity.vendor();
  }

  public String product() {
    return identity.product();
  }

  /// One sentence.
  public String description() {
    return identity.description();
  }

  /// The links of the format chain, outermost first.
  public List<String> formats() {
    return formats;
  }

  /// Zone of stamps that carry none.
  public ZoneId zone() {
    return zone;
  }

  public Framing framing() {
    return framing;
  }

  /// The YAML text this sensor was made from.
  public String definition() {
    return definition;
  }

  /// A parser with its own buffers, for one thread at a time.
  public Parser newParser() {
    Mappings mappings = mapping.open();
    List<Format> chain = new ArrayList<>();
    for (FormatPlan plan : plans) {
      chain.add(plan.open(mappings));
    }
    return new SensorParser(name(), chain, new Draft(zone));
  }

  @Override
  public String toString() {
    return name();
  }
}
