package metron.stellar.functions.time;

import java.text.SimpleDateFormat;
import java.util.List;
import metron.stellar.function.Body;
import metron.stellar.function.BodyN;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.Specialiser;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import metron.stellar.functions.Values;
import org.jspecify.annotations.Nullable;

/// `DATE_FORMAT(format, timestamp?, zone?)`
public final class DateFormat {
  static final List<Example> EXAMPLES =
      List.of(
          new Example(
              "DATE_FORMAT('yyyy-MM-dd HH:mm:ss', 1440505630000L, 'UTC')", "2015-08-25 12:27:10"),
          new Example(
              "DATE_FORMAT('EEE MMM dd yyyy HH:mm:ss zzz', 1472131630000L, 'EST')",
              "Thu Aug 25 2016 08:27:10 EST"),
          new Example("LENGTH(DATE_FORMAT('yyyy', 'UTC'))", 4),
          new Example("DATE_FORMAT('yyyy', null)", null),
          new Example("DATE_FORMAT(null, 0L, 'UTC')", null),
          new Example(
              "DATE_FORMAT('yyyy', 0L, 'Mars')",
              Example.failure("argument 3 is the string 'Mars', expected a time zone")),
          new Example(
              "DATE_FORMAT('no such', 0L, 'UTC')",
              Example.failure("argument 1 is no date format")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("DATE_FORMAT")
          .group("Dates")
          .means("Writes a moment as a date.")
          .takes("format", "the pattern, as SimpleDateFormat has it", Type.ANY)
          .takesOptional(
              "timestamp",
              "milliseconds since 1970; now when left out. A text here is the zone",
              Type.NUMBER,
              Type.STRING)
          .takesOptional("zone", "the time zone; that of the machine when left out", Type.STRING)
          .returns(Type.STRING, "null when the pattern is null, or a sole second argument is")
          .fails("When the pattern is malformed or the zone unknown.")
          .impure()
          .examples(EXAMPLES)
          .specialise(DateFormat::specialise)
          .bodyN(DateFormat::call);

  private DateFormat() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object[] arguments) {
    Object format = arguments[0];
    Object timestamp = null;
    Object zone = null;
    int zoneAt = 3;
    if (arguments.length == 2) {
      Object second = arguments[1];
      if (second == null) {
        return null;
      }
      if (second instanceof String) {
        zone = second;
        zoneAt = 2;
      } else {
        timestamp = second;
      }
    } else if (arguments.length == 3) {
      timestamp = arguments[1];
      zone = Arguments.textOrNull(3, arguments[2]);
    }
    if (format == null) {
      return null;
    }
    long millis =
        timestamp == null
            ? evaluation.clock().millis()
            : Arguments.number(2, timestamp).longValue();
    String pattern = Values.text(evaluation, 1, format);
    evaluation.allocate(4L * pattern.length() + 200);
    return Formats.of(1, pattern, Zones.of(zoneAt, zone)).format(millis);
  }

  static @Nullable Body specialise(Specialiser.Call call) {
    if (call.size() < 2 || !call.known(0) || !(call.value(0) instanceof String pattern)) {
      return null;
    }
    boolean zoned = call.size() == 3;
    if (zoned && (!call.known(2) || !(call.value(2) instanceof String))) {
      return null;
    }
    SimpleDateFormat prepared = Formats.of(1, pattern, Zones.of(3, zoned ? call.value(2) : null));
    return (BodyN)
        (evaluation, arguments) -> {
          Object timestamp = arguments[1];
          if (!zoned && (timestamp == null || timestamp instanceof String)) {
            return call(evaluation, arguments);
          }
          long millis =
              timestamp == null
                  ? evaluation.clock().millis()
                  : Arguments.number(2, timestamp).longValue();
          evaluation.allocate(4L * pattern.length() + 200);
          return Formats.copy(prepared, zoned).format(millis);
        };
  }
}
