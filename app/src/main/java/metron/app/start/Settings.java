package metron.app.start;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import metron.config.ConfigException;
import metron.config.ConfigNode;
import metron.config.Fault;
import metron.config.Faults;
import metron.config.Section;
import metron.detection.DetectionConfig;
import metron.enrichment.settings.EnrichmentConfig;
import metron.pipeline.intake.IntakeConfig;
import org.jspecify.annotations.Nullable;

/// `conf/metron.yaml`: everything about a Metron that is not a sensor or a rule.
public record Settings(
    Console console,
    int kafkaPort,
    Retention retention,
    IntakeConfig sources,
    EnrichmentConfig enrichment,
    DetectionConfig detection,
    int parallelism) {
  public static final String FILE = "metron.yaml";

  /// Where the console and the API are.
  ///
  /// @param tls null: plain HTTP, on loopback only
  /// @param hosts names that browsers use for it, beside `localhost`
  public record Console(String address, int port, @Nullable Tls tls, List<String> hosts) {
    /// @param certificate PEM
    /// @param key PEM, PKCS #8
    public record Tls(Path certificate, Path key) {}
  }

  /// How long events are kept, and how much.
  ///
  /// @param events age that events are kept to; null: as long as there is room
  /// @param alerts age that alerts are kept to that are resolved or dismissed
  /// @param bytes size of the event index
  public record Retention(@Nullable Duration events, Duration alerts, long bytes) {}

  /// Reads and checks the file.
  ///
  /// @param data folder that relative paths start from: `conf/` in it
  /// @throws ConfigException with every fault
  public static Settings read(String text, Path data) throws ConfigException {
    Faults faults = new Faults();
    Settings settings = read(text, data, faults);
    faults.throwIfAny();
    return settings;
  }

  private static Settings read(String text, Path data, Faults faults) {
    Path base = data.resolve("conf");
    Section root = ConfigNode.parse(FILE, text, faults).section(faults);
    Section console = root.childOrEmpty("console");
    Console.Tls tls =
        console
            .child("tls")
            .map(
                t -> {
                  Console.Tls found =
                      new Console.Tls(
                          base.resolve(t.string("certificate")), base.resolve(t.string("key")));
                  t.finish();
                  return found;
                })
            .orElse(null);
    Console at =
        new Console(
            console.string("address", "127.0.0.1"),
            console.integer("port", 0, 65_535, 8080),
            tls,
            console.strings("hosts"));
    console.finish();
    Section kafka = root.childOrEmpty("kafka");
    int kafkaPort = kafka.integer("port", 0, 65_535, 19_092);
    kafka.finish();
    Section keep = root.childOrEmpty("retention");
    Retention retention =
        new Retention(
            keep.has("events") ? keep.duration("events", Duration.ofDays(30)) : null,
            keep.duration("alerts", Duration.ofDays(365)),
            keep.size("size", 50L << 30));
    keep.finish();
    Section stream = root.childOrEmpty("stream");
    int parallelism = stream.integer("parallelism", 1, 64, 2);
    stream.finish();
    Settings settings =
        new Settings(
            at,
            kafkaPort,
            retention,
            IntakeConfig.read(root.childOrEmpty("sources"), base),
            EnrichmentConfig.read(root.childOrEmpty("enrichment")),
            DetectionConfig.read(root.childOrEmpty("detection")),
            parallelism);
    root.finish();
    return settings;
  }

  /// Every fault of `metron.yaml` among the files of a configuration.
  ///
  /// @param files path below `conf/` to text
  public static List<Fault> faults(Map<String, String> files, Path data) {
    Faults faults = new Faults();
    String text = files.get(FILE);
    if (text != null) {
      read(text, data, faults);
    }
    return faults.list();
  }

  /// With ports given on the command line.
  ///
  /// @param httpPort,kafka null: as configured
  Settings with(@Nullable Integer httpPort, @Nullable Integer kafka, IntakeConfig newSources) {
    Console at =
        httpPort == null
            ? console
            : new Console(console.address, httpPort, console.tls, console.hosts);
    return new Settings(
        at,
        kafka == null ? kafkaPort : kafka,
        retention,
        newSources,
        enrichment,
        detection,
        parallelism);
  }
}
