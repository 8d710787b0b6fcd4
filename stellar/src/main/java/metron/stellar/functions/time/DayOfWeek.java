package metron.stellar.functions.time;

import java.util.Calendar;
import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `DAY_OF_WEEK(timestamp?)`
public final class DayOfWeek {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("DAY_OF_WEEK(1472127630000L)", 5),
          new Example("DAY_OF_WEEK('1472127630000')", 5),
          new Example("DAY_OF_WEEK() >= 0", true),
          new Example("DAY_OF_WEEK(null)", null),
          new Example("DAY_OF_WEEK('today')", null));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("DAY_OF_WEEK")
          .group("Dates")
          .means("Answers the day of the week of a moment; Sunday is 1.")
          .takesOptional("timestamp", "milliseconds since 1970; now when left out", Type.ANY)
          .returns(
              Type.INTEGER,
              "1 to 7, in the zone of the machine; null for null and for what is no number")
          .neverFails()
          .impure()
          .examples(EXAMPLES)
          .bodyN(DayOfWeek::call);

  private DayOfWeek() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object[] arguments) {
    return DatePart.of(evaluation, arguments, Calendar.DAY_OF_WEEK);
  }
}
