package metron.stellar.functions.time;

import java.text.ParsePosition;
import java.text.SimpleDateFormat;
import java.util.Date;
import java.util.List;
import metron.stellar.function.Body;
import metron.stellar.function.Body3;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.Specialiser;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Values;
import org.jspecify.annotations.Nullable;

/// `TO_EPOCH_TIMESTAMP(date, format, zone?)`
public final class ToEpochTimestamp {
  static final List<Example> EXAMPLES =
      List.of(
          new Example(
              "TO_EPOCH_TIMESTAMP('2015-08-25 12:27:10', 'yyyy-MM-dd HH:mm:ss', 'UTC')",
              1440505630000L),
          new Example("TO_EPOCH_TIMESTAMP('2015-02-31', 'yyyy-MM-dd', 'UTC')", 1425340800000L),
          new Example(
              "TO_EPOCH_TIMESTAMP('1970-01-01T00:00:00+0100', \"yyyy-MM-dd'T'HH:mm:ssZ\")",
              -3600000L),
          new Example("TO_EPOCH_TIMESTAMP('yesterday', 'yyyy-MM-dd', 'UTC')", null),
          new Example("TO_EPOCH_TIMESTAMP(null, 'yyyy', 'UTC')", null),
          new Example("TO_EPOCH_TIMESTAMP('2015', null, 'UTC')", null),
          new Example(
              "TO_EPOCH_TIMESTAMP('2015', 'yyyy', 'Mars')",
              Example.failure("argument 3 is the string 'Mars', expected a time zone")),
          new Example(
              "TO_EPOCH_TIMESTAMP('2015', 'no such', 'UTC')",
              Example.failure("argument 2 is no date format")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("TO_EPOCH_TIMESTAMP")
          .group("Dates")
          .means("Reads a date as milliseconds since 1970.")
          .takes("date", "the date", Type.ANY)
          .takes("format", "its pattern, as SimpleDateFormat has it", Type.ANY)
          .takesOptional(
              "zone",
              "the time zone where the date has none; that of the machine when left out",
              Type.ANY)
          .returns(Type.LONG, "null when the date does not fit the pattern, or either is null")
          .fails("When the pattern is malformed or the zone unknown.")
          .examples(EXAMPLES)
          .specialise(ToEpochTimestamp::specialise)
          .body3(ToEpochTimestamp::call);

  private ToEpochTimestamp() {}

  static @Nullable Object call(
      Evaluation evaluation,
      @Nullable Object date,
      @Nullable Object format,
      @Nullable Object zone) {
    if (date == null || format == null) {
      return null;
    }
    String pattern = Values.text(evaluation, 2, format);
    return read(Values.text(evaluation, 1, date), Formats.of(2, pattern, Zones.of(3, zone)));
  }

  @SuppressWarnings("JavaUtilDate") // SimpleDateFormat answers nothing else
  private static @Nullable Object read(String date, SimpleDateFormat format) {
    Date read = format.parse(date, new ParsePosition(0));
    return read == null ? null : read.getTime();
  }

  static @Nullable Body specialise(Specialiser.Call call) {
    boolean zoned = call.size() == 3;
    if (!call.known(1) || call.value(1) == null || (zoned && !call.known(2))) {
      return null;
    }
    Object zone = zoned ? call.value(2) : null;
    SimpleDateFormat prepared = Formats.of(2, String.valueOf(call.value(1)), Zones.of(3, zone));
    return (Body3)
        (evaluation, date, _, _) ->
            date == null
                ? null
                : read(Values.text(evaluation, 1, date), Formats.copy(prepared, zone != null));
  }
}
