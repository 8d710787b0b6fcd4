package metron.parsers.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import metron.config.ConfigNode;
import metron.config.Faults;
import metron.config.Section;
import metron.event.Event;
import metron.expression.Expressions;
import metron.expression.TestResult;
import metron.stellar.Stellar;
import metron.stellar.function.Evaluation;
import metron.stellar.program.EvaluationException;
import metron.stellar.program.Program;
import org.jspecify.annotations.Nullable;

/// The transformations of all documents, in the order of their files' names. One document:
///
/// ```yaml
/// sensors: [squid]             # without it: every sensor
/// transformations:             # in this order
///   - stellar:
///       url.domain: URL_TO_HOST(url.original)
///   - remove: [labels.debug]
///     when: not(exists(url.domain))
/// filter: url.domain != 'health.example.com'
/// tests:
///   - event: {url.original: 'http://www.example.com/a'}
///     gives: {url.domain: www.example.com}
/// ```
///
/// Safe for many threads.
public final class Transformations {
  public static final Transformations NONE = new Transformations(List.of());

  /// What became of an event.
  public sealed interface Result {
    /// It goes on, changed or not.
    record Kept() implements Result {}

    /// A filter left it out.
    ///
    /// @param filter the document whose filter it was
    record Filtered(String filter) implements Result {}

    /// A transformation can't be done; the event may be changed in part.
    ///
    /// @param reason document, what was found, what was expected
    record Failed(String reason) implements Result {}
  }

  private static final Result KEPT = new Result.Kept();

  private record Document(
      String file,
      List<String> sensors,
      List<Step> steps,
      @Nullable Program<Event> filter,
      List<TransformationTest> tests) {
    boolean isFor(String sensor) {
      return sensors.isEmpty() || sensors.contains(sensor);
    }

    Result apply(Event event, Evaluation evaluation) {
      for (Step step : steps) {
        String problem = step.apply(event, evaluation);
        if (problem != null) {
          return new Result.Failed(file + ": " + problem);
        }
      }
      try {
        return filter == null || filter.test(evaluation, event) ? KEPT : new Result.Filtered(file);
      } catch (EvaluationException e) {
        return new Result.Failed(file + ": the filter fails: " + e.reason());
      }
    }
  }

  private final List<Document> documents;

  private Transformations(List<Document> documents) {
    this.documents = List.copyOf(documents);
  }

  /// @param files path to text
  /// @param sensor gives the name of a sensor for a name or an alias, null where there is none
  /// @param faults where what can't be used goes
  /// @param warnings where what is doubtful goes
  public static Transformations read(
      Map<String, String> files,
      Stellar stellar,
      UnaryOperator<@Nullable String> sensor,
      Faults faults,
      Faults warnings) {
    List<Document> documents = new ArrayList<>();
    new java.util.TreeMap<>(files)
        .forEach(
            (file, text) -> {
              Section section = ConfigNode.parse(file, text, faults).section(faults);
              documents.add(document(file, section, stellar, sensor, warnings));
            });
    return new Transformations(documents);
  }

  private static Document document(
      String file,
      Section section,
      Stellar stellar,
      UnaryOperator<@Nullable String> sensor,
      Faults warnings) {
    Expressions expressions = Expressions.of(section, stellar, warnings);
    List<String> sensors = expressions.sensors(section, sensor);
    Steps reader = new Steps(expressions);
    List<Step> steps = new ArrayList<>();
    for (Section item : section.children("transformations")) {
      Step step = reader.read(item);
      if (step != null) {
        steps.add(step);
      }
    }
    Program<Event> filter = expressions.programIfAny(section, "filter");
    List<TransformationTest> tests =
        section.children("tests").stream()
            .map(test -> TransformationTest.read(test, expressions))
            .toList();
    section.finish();
    return new Document(file, sensors, steps, filter, tests);
  }

  /// Whether no document is for this sensor.
  public boolean none(String sensor) {
    return documents.stream().noneMatch(d -> d.isFor(sensor));
  }

  /// Changes an event by every document that is for its sensor, until one leaves it out or fails.
  public Result apply(String sensor, Event event, Evaluation evaluation) {
    for (Document document : documents) {
      if (document.isFor(sensor)) {
        Result result = document.apply(event, evaluation);
        if (result != KEPT) {
          return result;
        }
      }
    }
    return KEPT;
  }

  /// Runs the tests that stand in the documents, each by its own document alone.
  public List<TestResult> test(Evaluation evaluation) {
    List<TestResult> results = new ArrayList<>();
    for (Document document : documents) {
      for (TransformationTest test : document.tests) {
        Event event = test.given().copy();
        results.add(
            new TestResult(test.at(), test.complaint(event, document.apply(event, evaluation))));
      }
    }
    return results;
  }
}
