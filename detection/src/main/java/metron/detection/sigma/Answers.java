package metron.detection.sigma;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import metron.event.IpAddress;
import metron.event.Timestamp;
import metron.stellar.function.BudgetExceeded;
import metron.stellar.function.Evaluation;

/// What is known of the questions about one event; each is answered when it is asked for the first time.
final class Answers<R> {
  private final RuleIndex<R> index;
  private final Values<R> values;
  private final Evaluation evaluation;
  // Twice the event's number: no; and one more: yes. Anything less is of an event before.
  private final int[] known;
  private int round;

  Answers(RuleIndex<R> index, Values<R> values, Evaluation evaluation) {
    this.index = index;
    this.values = values;
    this.evaluation = evaluation;
    this.known = new int[index.questions.size()];
  }

  void reset() {
    if (round > Integer.MAX_VALUE - 4) {
      java.util.Arrays.fill(known, 0);
      round = 0;
    }
    round += 2;
  }

  void yes(int question) {
    known[question] = round + 1;
  }

  boolean is(int question) {
    int answer = known[question];
    if (answer < round) {
      // A text that the tables have and did not find is not there.
      boolean yes = !index.tabled[question] && answer(question);
      known[question] = yes ? round + 1 : round;
      return yes;
    }
    return answer > round;
  }

  private boolean answer(int question) {
    Atom atom = index.questions.get(question);
    int column = index.columnOf[question];
    return switch (atom) {
      case Atom.Absent _ -> values.texts(column).isEmpty();
      case Atom.Text(String _, Atom.Place place, String text, boolean cased) ->
          any(compared(column, cased), v -> at(place, v, text));
      case Atom.Wild(String _, Glob glob, boolean cased) ->
          any(compared(column, cased), glob::matches);
      case Atom.Matches matches -> any(values.texts(column), v -> finds(matches, v));
      case Atom.InNetwork(String _, metron.event.Cidr network) ->
          any(
              values.texts(column),
              v -> {
                IpAddress ip = IpAddress.parseOrNull(v, 0, v.length());
                return ip != null && network.contains(ip);
              });
      case Atom.Compares(String _, Atom.Comparison comparison, double number) ->
          any(values.texts(column), v -> compares(v, comparison, number));
      case Atom.Field(String _, String other, Atom.Place place, boolean cased) -> {
        List<String> others = compared(index.columns.number(other), cased);
        yield any(compared(column, cased), v -> any(others, o -> at(place, v, o)));
      }
      case Atom.Moment(String _, Atom.Unit unit, long number) ->
          any(values.texts(column), v -> part(v, unit) == number);
    };
  }

  private List<String> compared(int column, boolean cased) {
    return cased ? values.texts(column) : values.folded(column);
  }

  private interface Test {
    boolean of(String value);
  }

  private static boolean any(List<String> values, Test test) {
    for (int i = 0; i < values.size(); i++) {
      if (test.of(values.get(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean at(Atom.Place place, String value, String text) {
    return switch (place) {
      case WHOLE -> value.equals(text);
      case START -> value.startsWith(text);
      case END -> value.endsWith(text);
      case ANYWHERE -> value.contains(text);
    };
  }

  private boolean finds(Atom.Matches matches, String value) {
    evaluation.reset();
    try {
      return matches.regex().finds(evaluation, value);
    } catch (BudgetExceeded e) {
      // An expression that explodes on this value says nothing about it.
      return false;
    }
  }

  private static boolean compares(String value, Atom.Comparison comparison, double number) {
    double found;
    try {
      found = Double.parseDouble(value);
    } catch (NumberFormatException e) {
      return false;
    }
    return switch (comparison) {
      case LT -> found < number;
      case LTE -> found <= number;
      case GT -> found > number;
      case GTE -> found >= number;
    };
  }

  /// A part of a moment in ISO 8601 or since the epoch; -1 where the value is no moment.
  private static long part(String value, Atom.Unit unit) {
    long nanos =
        value.length() >= 10 && value.charAt(4) == '-'
            ? Timestamp.parseIso(value.replace(' ', 'T'), 0, value.length())
            : Timestamp.parseEpoch(value, 0, value.length());
    if (nanos == Timestamp.NONE) {
      return -1;
    }
    try {
      return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L))
          .atOffset(ZoneOffset.UTC)
          .getLong(unit.part());
    } catch (DateTimeException e) {
      return -1;
    }
  }
}
