package metron.stellar.functions.time;

import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.TimeZone;
import metron.stellar.function.Evaluation;
import metron.stellar.functions.Conversion;
import org.jspecify.annotations.Nullable;

/// A part of a date in the zone of the machine. Weeks begin on Sunday, and the first week of a year
/// or month is the one with its first day, whatever the locale of the machine.
final class DatePart {
  private DatePart() {}

  /// @param arguments the moment in milliseconds since 1970, or nothing for now
  /// @param field of `java.util.Calendar`
  static @Nullable Object of(Evaluation evaluation, @Nullable Object[] arguments, int field) {
    Long millis =
        arguments.length == 0
            ? (Long) evaluation.clock().millis()
            : Conversion.toLong(arguments[0]);
    if (millis == null) {
      return null;
    }
    Calendar calendar = new GregorianCalendar(TimeZone.getDefault(), Locale.US);
    calendar.setTimeInMillis(millis);
    return calendar.get(field);
  }
}
