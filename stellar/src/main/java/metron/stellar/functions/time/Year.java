package metron.stellar.functions.time;

import java.util.Calendar;
import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `YEAR(timestamp?)`
public final class Year {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("YEAR(1472127630000L)", 2016),
          new Example("YEAR('1472127630000')", 2016),
          new Example("YEAR() >= 0", true),
          new Example("YEAR(null)", null),
          new Example("YEAR('today')", null));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("YEAR")
          .group("Dates")
          .means("Answers the year of a moment.")
          .takesOptional("timestamp", "milliseconds since 1970; now when left out", Type.ANY)
          .returns(
              Type.INTEGER,
              "such as 2016, in the zone of the machine; null for null and for what is no number")
          .neverFails()
          .impure()
          .examples(EXAMPLES)
          .bodyN(Year::call);

  private Year() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object[] arguments) {
    return DatePart.of(evaluation, arguments, Calendar.YEAR);
  }
}
