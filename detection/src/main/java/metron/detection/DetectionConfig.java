package metron.detection;

import java.util.List;
import metron.config.Section;

/// What is configured of detection: the section `detection`.
///
/// @param aggregator how contributions become the risk score
/// @param minimumScore contributions of sensors' own alerts below this are left out, so that informational signatures stay
///     events; 0 to 100
public record DetectionConfig(Aggregator aggregator, double minimumScore) {
  public static final DetectionConfig DEFAULT = new DetectionConfig(Aggregator.MAX, 0);

  /// Reads `aggregator` and `minimumScore` and names what is unknown.
  public static DetectionConfig read(Section detection) {
    DetectionConfig config =
        new DetectionConfig(
            detection.oneOf("aggregator", Aggregator.class, DEFAULT.aggregator),
            detection.number("minimumScore", 0, 100, DEFAULT.minimumScore));
    detection.finish();
    return config;
  }

  /// The detectors that need no more than this.
  public List<Detector> detectors() {
    return List.of(new IndicatorDetector(), new IdsDetector(minimumScore));
  }

  public Scoring scoring() {
    return new Scoring(detectors(), aggregator);
  }
}
