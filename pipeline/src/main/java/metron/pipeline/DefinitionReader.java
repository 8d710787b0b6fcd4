package metron.pipeline;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import metron.config.ConfigException;
import metron.config.ConfigNode;
import metron.config.Faults;
import metron.config.Section;
import metron.detection.DetectionConfig;
import metron.detection.Detector;
import metron.detection.Scoring;
import metron.detection.sigma.SigmaDetector;
import metron.detection.sigma.SigmaEngine;
import metron.detection.sigma.SigmaReader;
import metron.detection.sigma.SigmaRule;
import metron.detection.sigma.SourceMap;
import metron.detection.triage.TriageRules;
import metron.enrichment.indicator.IndicatorTable;
import metron.enrichment.settings.EnrichmentConfig;
import metron.expression.EventVariables;
import metron.parsers.Sensor;
import metron.parsers.Sensors;
import metron.parsers.transform.Transformations;
import metron.stellar.Stellar;
import org.jspecify.annotations.Nullable;

/// Makes a [PipelineDefinition] of the files in `conf/`: `sensors/**.yaml` beside or in place of the shipped sensors,
/// `transformations/**.yaml`, `triage/**.yaml`, `sigma/**.yml`, and the sections `enrichment` and `detection` of `metron.yaml`. Other files and sections are not for the pipeline.
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
  static final String SIGMA = "sigma/";

  /// Where the values of events are, beside what is shipped.
  static final String SIGMA_SOURCES = SIGMA + "sources.yaml";

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
    Detector sigma = sigma(below(SIGMA, files), faults, warnings);
    faults.throwIfAny();
    EnrichmentConfig.Parts parts = enrichment.parts(base, shippedDatabases, indicators, clock);
    Scoring scoring = detection.scoring();
    List<Detector> detectors = new ArrayList<>(scoring.detectors());
    if (sigma != null) {
      detectors.add(sigma);
    }
    return new PipelineDefinition(
        epochs,
        all,
        name -> all.sensor(name).map(Sensor::newParser),
        transformations,
        parts.services(),
        parts.enrichers(),
        detectors,
        triage,
        scoring::conclude,
        warnings.list());
  }

  /// Whether a file can change what [#read] gives.
  static boolean matters(String path) {
    return path.equals(SETTINGS)
        || isBelow(SENSORS, path)
        || isBelow(TRANSFORMATIONS, path)
        || isBelow(TRIAGE, path)
        || isBelow(SIGMA, path);
  }

  /// The rules that can be asked. One that can't, since a placeholder has no values or no log source of ours fills its
  /// fields, is a warning.
  private static @Nullable Detector sigma(
      Map<String, String> files, Faults faults, Faults warnings) {
    if (files.isEmpty()) {
      return null;
    }
    SourceMap sources = sources(files, faults);
    SigmaReader reader = new SigmaReader(sources.placeholders(), faults);
    List<SigmaRule> active = new ArrayList<>();
    files.forEach(
        (file, text) -> {
          if (file.equals(SIGMA_SOURCES)) {
            return;
          }
          for (SigmaRule rule : reader.read(file, text)) {
            String why = rule.active() ? sources.inactive(rule) : rule.inactive();
            if (why.isEmpty()) {
              active.add(rule);
            } else {
              warnings.add(rule.file(), "'" + rule.title() + "' is not asked: " + why);
            }
          }
        });
    return active.isEmpty()
        ? null
        : new SigmaDetector(new SigmaEngine<>(active, sources, EventVariables.INSTANCE));
  }

  private static SourceMap sources(Map<String, String> files, Faults faults) {
    String own = files.get(SIGMA_SOURCES);
    return own == null
        ? SourceMap.ecs()
        : SourceMap.read(SIGMA_SOURCES, own, faults).and(SourceMap.ecs());
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
        isBelow(TRIAGE, path) || isBelow(SIGMA, path)
            ? before.enrichment()
            : Math.max(before.enrichment(), epoch),
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
