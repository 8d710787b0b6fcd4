package metron.pipeline;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import metron.config.ConfigException;
import metron.config.ConfigNode;
import metron.config.Faults;
import metron.config.Section;
import metron.detection.DetectionConfig;
import metron.detection.Scoring;
import metron.enrichment.indicator.IndicatorTable;
import metron.enrichment.settings.EnrichmentConfig;
import metron.parsers.Sensor;
import metron.parsers.Sensors;

/// Makes a [PipelineDefinition] of the files in `conf/`: `sensors/**.yaml` beside or in place of the shipped sensors, and the
/// sections `enrichment` and `detection` of `metron.yaml`. Other files and sections are not for the pipeline.
///
/// @param base folder that relative database paths start from: `conf/`
/// @param shippedDatabases of the distribution, asked after the configured ones
/// @param indicators live table; its changes need no new definition
public record DefinitionReader(
    Path base, List<Path> shippedDatabases, IndicatorTable indicators, InstantSource clock) {
  static final String SETTINGS = "metron.yaml";
  static final String SENSORS = "sensors/";

  public DefinitionReader {
    shippedDatabases = List.copyOf(shippedDatabases);
  }

  /// @param files path relative to `conf/` to text
  /// @throws ConfigException with the faults of every file
  public PipelineDefinition read(Map<String, String> files, Epochs epochs) throws ConfigException {
    Faults faults = new Faults();
    Map<String, String> definitions = new TreeMap<>();
    files.forEach(
        (path, text) -> {
          if (isSensor(path)) {
            definitions.put(path, text);
          }
        });
    Sensors sensors = Sensors.shipped();
    try {
      sensors = sensors.with(Sensors.load(definitions));
    } catch (ConfigException e) {
      e.faults().forEach(faults::add);
    }
    Section settings =
        ConfigNode.parse(SETTINGS, files.getOrDefault(SETTINGS, ""), faults).section(faults);
    EnrichmentConfig enrichment = EnrichmentConfig.read(settings.childOrEmpty("enrichment"));
    DetectionConfig detection = DetectionConfig.read(settings.childOrEmpty("detection"));
    faults.throwIfAny();
    Scoring scoring = detection.scoring();
    Sensors all = sensors;
    return new PipelineDefinition(
        epochs,
        all,
        name -> all.sensor(name).map(Sensor::newParser),
        enrichment.enrichers(base, shippedDatabases, indicators, clock),
        scoring.detectors(),
        scoring::conclude);
  }

  /// Whether a file can change what [#read] gives.
  static boolean matters(String path) {
    return path.equals(SETTINGS) || isSensor(path);
  }

  static boolean isSensor(String path) {
    return path.startsWith(SENSORS) && (path.endsWith(".yaml") || path.endsWith(".yml"));
  }
}
