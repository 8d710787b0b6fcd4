package metron.pipeline;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import metron.config.Fault;
import metron.detection.Detector;
import metron.detection.triage.TriageRules;
import metron.enrichment.Enricher;
import metron.expression.TestResult;
import metron.parsers.Sensors;
import metron.parsers.transform.Transformations;
import metron.stellar.function.Evaluation;

/// Everything that decides what becomes of a message, as one immutable epoch. Threads share it; each makes its own
/// [EventPipeline] of it.
///
/// @param sensors what `parsers` chooses from
/// @param parsers gives a new parser at each call
/// @param transformations of all sensors
/// @param services what the expressions of transformations may ask for
/// @param enrichers may be called from several threads
/// @param detectors each thread takes its own of them
/// @param triage asked after the detectors
/// @param warnings what is doubtful in the files it was made of, for a person to look at
public record PipelineDefinition(
    Epochs epochs,
    Sensors sensors,
    EventPipeline.Parsers parsers,
    Transformations transformations,
    Map<Class<?>, Object> services,
    List<Enricher> enrichers,
    List<Detector> detectors,
    TriageRules triage,
    EventPipeline.Score score,
    List<Fault> warnings) {
  public PipelineDefinition {
    services = Map.copyOf(services);
    warnings = List.copyOf(warnings);
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
    List<Detector> own = new ArrayList<>();
    for (Detector detector : detectors) {
      own.add(detector.forThread(faults::ruleFailed));
    }
    if (!triage.isEmpty()) {
      // After the others: most triage rules are asked only about what is an alert already.
      own.add(triage.detector(services, clock).forThread(faults::ruleFailed));
    }
    return new EventPipeline(
        parsers,
        new EventPipeline.Transforms(
            transformations, Evaluation.of(Evaluation.Limits.DEFAULT, clock, services)),
        enrichers,
        own,
        score,
        epochs,
        faults,
        clock,
        System::nanoTime);
  }

  /// Runs the tests that stand in the documents of transformations and triage rules.
  public List<TestResult> test() {
    Evaluation evaluation =
        Evaluation.of(Evaluation.Limits.DEFAULT, InstantSource.system(), services);
    List<TestResult> results = new ArrayList<>(transformations.test(evaluation));
    results.addAll(triage.test(evaluation));
    return results;
  }
}
