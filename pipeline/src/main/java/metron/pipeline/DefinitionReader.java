package metron.pipeline;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import metron.config.ConfigException;
import metron.config.ConfigNode;
import metron.config.Faults;
import metron.config.Section;
import metron.detection.DetectionConfig;
import metron.detection.Scoring;
import metron.detection.triage.TriageRules;
import metron.enrichment.indicator.IndicatorTable;
import metron.enrichment.settings.EnrichmentConfig;
import metron.parsers.Sensor;
import metron.parsers.Sensors;
import metron.parsers.transform.Transformations;
import metron.stellar.Stellar;
import org.jspecify.annotations.Nullable;

/// Makes a [PipelineDefinition] of the files in `conf/`: `sensors/**.yaml` beside or in place of the shipped sensors,
/// `transformations/**.yaml`, `triage/**.yaml`, and the sections `enrichment` and `detection` of `metron.yaml`. Other files and sections are not for the pipeline.
///
/// @param base folder that relative database paths start from: `conf/`
/// @param shippedDatabases of the distribution, asked after the configured ones
/// @param indicators live table; its changes need no new definition
public record DefinitionReader(
    Path base, List<Path> shippedDatabases, IndicatorTable indicators, InstantSource clock) {
  static final String SETTINGS = "metron.yaml";
  static final String SENSORS = "sensors/";
  static final String TRANSFORMATIONS = "transformations/";
  static final String TRIAGE = "triage/";

  public DefinitionReader {
    shippedDatabases = List.copyOf(shippedDatabases);
  }

  /// @param files path relative to `conf/` to text
  /// @throws ConfigException with the faults of every file
  public PipelineDefinition read(Map<String, String> files, Epochs epochs) throws ConfigException {
    Faults faults = new Faults();
    Sensors sensors = Sensors.shipped();
    try {
      sensors = sensors.with(Sensors.load(below(SENSORS, files)));
    } catch (ConfigException e) {
      e.faults().forEach(faults::add);
    }
    Section settings =
        ConfigNode.parse(SETTINGS, files.getOrDefault(SETTINGS, ""), faults).section(faults);
    EnrichmentConfig enrichment = EnrichmentConfig.read(settings.childOrEmpty("enrichment"));
    DetectionConfig detection = DetectionConfig.read(settings.childOrEmpty("detection"));
    Sensors all = sensors;
    UnaryOperator<@Nullable String> sensor =
        name -> name == null ? null : all.sensor(name).map(Sensor::name).orElse(null);
    Faults warnings = new Faults();
    Transformations transformations =
        Transformations.read(
            below(TRANSFORMATIONS, files), Stellar.standard(), sensor, faults, warnings);
    TriageRules triage =
        TriageRules.read(below(TRIAGE, files), Stellar.standard(), sensor, faults, warnings);
    faults.throwIfAny();
    EnrichmentConfig.Parts parts = enrichment.parts(base, shippedDatabases, indicators, clock);
    Scoring scoring = detection.scoring();
    return new PipelineDefinition(
        epochs,
        all,
        name -> all.sensor(name).map(Sensor::newParser),
        transformations,
        parts.services(),
        parts.enrichers(),
        scoring.detectors(),
        triage,
        scoring::conclude,
        warnings.list());
  }

  /// Whether a file can change what [#read] gives.
  static boolean matters(String path) {
    return path.equals(SETTINGS)
        || isBelow(SENSORS, path)
        || isBelow(TRANSFORMATIONS, path)
        || isBelow(TRIAGE, path);
  }

  /// The epochs after a change of a file.
  ///
  /// @param epoch larger than those before
  static Epochs after(Epochs before, String path, long epoch) {
    if (isBelow(SENSORS, path) || isBelow(TRANSFORMATIONS, path)) {
      return new Epochs(Math.max(before.parser(), epoch), before.enrichment(), before.rules());
    }
    return new Epochs(
        before.parser(),
        isBelow(TRIAGE, path) ? before.enrichment() : Math.max(before.enrichment(), epoch),
        Math.max(before.rules(), epoch));
  }

  private static boolean isBelow(String folder, String path) {
    return path.startsWith(folder) && (path.endsWith(".yaml") || path.endsWith(".yml"));
  }

  private static Map<String, String> below(String folder, Map<String, String> files) {
    Map<String, String> found = new TreeMap<>();
    files.forEach(
        (path, text) -> {
          if (isBelow(folder, path)) {
            found.put(path, text);
          }
        });
    return found;
  }
}
