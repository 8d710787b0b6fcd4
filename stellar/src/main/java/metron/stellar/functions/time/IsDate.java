package metron.stellar.functions.time;

import java.text.ParsePosition;
import java.text.SimpleDateFormat;
import java.util.List;
import java.util.TimeZone;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Values;
import org.jspecify.annotations.Nullable;

/// `IS_DATE(date?, format?)`
public final class IsDate {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("IS_DATE('2016-08-25', 'yyyy-MM-dd')", true),
          new Example("IS_DATE('2015-02-31', 'yyyy-MM-dd')", false),
          new Example("IS_DATE('today', 'yyyy')", false),
          new Example("IS_DATE(null, 'yyyy')", false),
          new Example("IS_DATE('2016', null)", false),
          new Example(
              "IS_DATE('2016', 'no such')", Example.failure("argument 2 is no date format")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("IS_DATE")
          .group("Validation")
          .means(
              "Says whether a text begins with a date of a format; the 31st of February is none.")
          .takesOptional("date", "a text", Type.ANY)
          .takesOptional("format", "its pattern, as SimpleDateFormat has it", Type.ANY)
          .returns(Type.BOOLEAN, "false when either is null or left out")
          .fails("When the pattern is malformed.")
          .examples(EXAMPLES)
          .body2(IsDate::call);

  private IsDate() {}

  static Object call(Evaluation evaluation, @Nullable Object date, @Nullable Object format) {
    if (date == null || format == null) {
      return false;
    }
    SimpleDateFormat strict =
        Formats.of(2, Values.text(evaluation, 2, format), TimeZone.getDefault());
    strict.setLenient(false);
    return strict.parseObject(Values.text(evaluation, 1, date), new ParsePosition(0)) != null;
  }
}
