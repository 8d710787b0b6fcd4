package metron.detection.triage;

import java.util.ArrayList;
import java.util.List;
import metron.config.Position;
import metron.config.Section;
import metron.detection.Contribution;
import metron.event.Event;
import metron.expression.Expressions;
import metron.stellar.function.Evaluation;
import metron.stellar.program.EvaluationException;
import org.jspecify.annotations.Nullable;

/// A test that stands in a document: an event, and the rules that must be true of it.
///
/// @param fires names of the rules, in any order; all others must be false
/// @param score of the first that fires, or NaN for any
/// @param reason part of the reason of the first that fires; null for any
/// @param fails part of a rule's failure; null: none may fail
record TriageTest(
    Position at,
    Event event,
    List<String> fires,
    double score,
    @Nullable String reason,
    @Nullable String fails) {
  static TriageTest read(Section test, Expressions expressions) {
    TriageTest read =
        new TriageTest(
            test.at(),
            expressions.event(test, "event"),
            test.strings("fires"),
            test.has("score") ? test.number("score", 0, 100) : Double.NaN,
            test.optionalString("reason").orElse(null),
            test.optionalString("fails").orElse(null));
    test.finish();
    return read;
  }

  /// @return what is not as it must be, or null
  @Nullable String complaint(List<Rule> rules, Evaluation evaluation) {
    List<String> missing = new ArrayList<>(fires);
    Contribution first = null;
    String failure = null;
    for (Rule rule : rules) {
      try {
        if (!rule.condition().test(evaluation, event)) {
          continue;
        }
        Contribution found = rule.contribution(evaluation, event);
        if (!missing.remove(rule.name())) {
          return "'" + rule.name() + "' fires, which is not expected: " + found.reason();
        }
        first = first == null ? found : first;
      } catch (EvaluationException e) {
        failure = "'" + rule.name() + "' fails: " + e.reason();
        if (fails == null || !failure.contains(fails)) {
          return failure;
        }
      }
    }
    if (!missing.isEmpty()) {
      return "expected that '"
          + missing.getFirst()
          + "' fires"
          + (rules.stream().anyMatch(r -> r.name().equals(missing.getFirst()))
              ? ", but it is false"
              : ", but the document has no such rule");
    }
    if (fails != null && failure == null) {
      return "expected a failure that says \"" + fails + "\", but no rule fails";
    }
    return first == null ? unanswered() : complaint(first);
  }

  private @Nullable String unanswered() {
    return !Double.isNaN(score) || reason != null
        ? "score or reason is expected, but no rule fires"
        : null;
  }

  private @Nullable String complaint(Contribution first) {
    if (!Double.isNaN(score) && score != first.score()) {
      return "expected score " + score + ", found " + first.score();
    }
    return reason != null && !first.reason().contains(reason)
        ? "expected a reason that says \"" + reason + "\", found: " + first.reason()
        : null;
  }
}
