package metron.detection.triage;

import metron.config.Section;
import metron.detection.Contribution;
import metron.event.Event;
import metron.expression.Expressions;
import metron.expression.Template;
import metron.stellar.function.Evaluation;
import metron.stellar.program.EvaluationException;
import metron.stellar.program.Program;
import org.jspecify.annotations.Nullable;

/// One triage rule, ready to run.
///
/// @param id document and name: what failures and skipped steps are called by
/// @param condition true: it fires
/// @param reason null: the comment, or the name
/// @param scoring null: `score` is the score
/// @param score 0 to 100
record Rule(
    String id,
    String name,
    String comment,
    Program<Event> condition,
    @Nullable Template reason,
    @Nullable Program<Event> scoring,
    double score,
    Contribution.@Nullable Group group) {
  private static final int NAME_LENGTH = 60;

  /// @return null after a fault
  static @Nullable Rule read(
      String file, Section item, Expressions expressions, Contribution.@Nullable Group group) {
    int faults = expressions.faults().count();
    String source = item.string("rule");
    String name = item.string("name", excerpt(source));
    String comment = item.string("comment", "");
    Program<Event> condition = expressions.program(item, "rule");
    Template reason = expressions.templateIfAny(item, "reason");
    String scoreText = item.string("score");
    Double fixed = number(scoreText);
    Program<Event> scoring = null;
    if (fixed == null) {
      scoring = expressions.program(item, "score");
    } else if (!(fixed >= 0 && fixed <= 100) && !expressions.asMetron()) {
      item.fault("score", "score is " + scoreText + ", expected a number from 0 to 100");
    }
    item.finish();
    if (condition == null || expressions.faults().count() > faults) {
      return null;
    }
    return new Rule(
        file + ": " + name,
        name,
        comment,
        condition,
        reason,
        scoring,
        fixed == null ? 0 : Math.clamp(fixed, 0, 100),
        group);
  }

  /// What it says about an event for which it is true.
  ///
  /// @throws EvaluationException when the score can't be found
  Contribution contribution(Evaluation evaluation, Event event) {
    String why =
        reason == null ? (comment.isEmpty() ? name : comment) : reason.render(evaluation, event);
    return new Contribution(
        Contribution.Kind.TRIAGE,
        name,
        why.isEmpty() ? name : why,
        score(evaluation, event),
        group);
  }

  private double score(Evaluation evaluation, Event event) {
    if (scoring == null) {
      return score;
    }
    Object value = scoring.evaluate(evaluation, event);
    // A score that is no number counts nothing, as null in Metron.
    double found = value instanceof Number n ? n.doubleValue() : 0;
    return found >= 0 ? Math.min(found, 100) : 0;
  }

  private static @Nullable Double number(String text) {
    try {
      return text.isBlank() || text.length() > 40 ? null : Double.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static String excerpt(String source) {
    String line = source.strip().replaceAll("\\s+", " ");
    return line.length() <= NAME_LENGTH ? line : line.substring(0, NAME_LENGTH) + "…";
  }
}
