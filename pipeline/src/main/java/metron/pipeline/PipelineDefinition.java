package metron.pipeline;

import java.time.InstantSource;
import java.util.List;
import metron.detection.Detector;
import metron.enrichment.Enricher;
import metron.parsers.Sensors;

/// Everything that decides what becomes of a message, as one immutable epoch. Threads share it; each makes its own
/// [EventPipeline] of it.
///
/// @param sensors what `parsers` chooses from
/// @param parsers gives a new parser at each call
/// @param enrichers may be called from several threads
/// @param detectors may be called from several threads
public record PipelineDefinition(
    Epochs epochs,
    Sensors sensors,
    EventPipeline.Parsers parsers,
    List<Enricher> enrichers,
    List<Detector> detectors,
    EventPipeline.Score score) {
  public PipelineDefinition {
    enrichers = List.copyOf(enrichers);
    detectors = List.copyOf(detectors);
  }

  /// A pipeline for one thread, on the system's clocks.
  public EventPipeline newPipeline(StepFaults faults) {
    return newPipeline(faults, InstantSource.system());
  }

  /// A pipeline for one thread.
  ///
  /// @param clock for the time on dead letters
  public EventPipeline newPipeline(StepFaults faults, InstantSource clock) {
    return new EventPipeline(
        parsers, enrichers, detectors, score, epochs, faults, clock, System::nanoTime);
  }
}
