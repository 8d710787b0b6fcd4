package metron.stellar.functions.time;

import java.util.Calendar;
import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `MONTH(timestamp?)`
public final class Month {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("MONTH(1472127630000L)", 7),
          new Example("MONTH('1472127630000')", 7),
          new Example("MONTH() >= 0", true),
          new Example("MONTH(null)", null),
          new Example("MONTH('today')", null));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("MONTH")
          .group("Dates")
          .means("Answers the month of a moment; January is 0.")
          .takesOptional("timestamp", "milliseconds since 1970; now when left out", Type.ANY)
          .returns(
              Type.INTEGER,
              "0 to 11, in the zone of the machine; null for null and for what is no number")
          .neverFails()
          .impure()
          .examples(EXAMPLES)
          .bodyN(Month::call);

  private Month() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object[] arguments) {
    return DatePart.of(evaluation, arguments, Calendar.MONTH);
  }
}
