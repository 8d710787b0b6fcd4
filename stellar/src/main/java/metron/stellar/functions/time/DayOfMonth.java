package metron.stellar.functions.time;

import java.util.Calendar;
import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `DAY_OF_MONTH(timestamp?)`
public final class DayOfMonth {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("DAY_OF_MONTH(1472127630000L)", 25),
          new Example("DAY_OF_MONTH('1472127630000')", 25),
          new Example("DAY_OF_MONTH() >= 0", true),
          new Example("DAY_OF_MONTH(null)", null),
          new Example("DAY_OF_MONTH('today')", null));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("DAY_OF_MONTH")
          .group("Dates")
          .means("Answers the day of the month of a moment.")
          .takesOptional("timestamp", "milliseconds since 1970; now when left out", Type.ANY)
          .returns(
              Type.INTEGER,
              "1 to 31, in the zone of the machine; null for null and for what is no number")
          .neverFails()
          .impure()
          .examples(EXAMPLES)
          .bodyN(DayOfMonth::call);

  private DayOfMonth() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object[] arguments) {
    return DatePart.of(evaluation, arguments, Calendar.DAY_OF_MONTH);
  }
}
