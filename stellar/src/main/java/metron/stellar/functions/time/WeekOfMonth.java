package metron.stellar.functions.time;

import java.util.Calendar;
import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `WEEK_OF_MONTH(timestamp?)`
public final class WeekOfMonth {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("WEEK_OF_MONTH(1472127630000L)", 4),
          new Example("WEEK_OF_MONTH('1472127630000')", 4),
          new Example("WEEK_OF_MONTH() >= 0", true),
          new Example("WEEK_OF_MONTH(null)", null),
          new Example("WEEK_OF_MONTH('today')", null));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("WEEK_OF_MONTH")
          .group("Dates")
          .means("Answers the week of the month of a moment; weeks begin on Sunday.")
          .takesOptional("timestamp", "milliseconds since 1970; now when left out", Type.ANY)
          .returns(
              Type.INTEGER,
              "1 to 6, in the zone of the machine; null for null and for what is no number")
          .neverFails()
          .impure()
          .examples(EXAMPLES)
          .bodyN(WeekOfMonth::call);

  private WeekOfMonth() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object[] arguments) {
    return DatePart.of(evaluation, arguments, Calendar.WEEK_OF_MONTH);
  }
}
