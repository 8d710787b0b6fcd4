package metron.stellar.functions.time;

import java.util.Set;
import java.util.TimeZone;
import java.util.regex.Pattern;
import metron.stellar.function.FunctionFailure;
import org.jspecify.annotations.Nullable;

/// Time zones by name, as `java.util.TimeZone` knows them. That class takes every name that it does
/// not know for GMT, and so did Metron: alarms moved by hours because of a letter. Here such a name
/// is a failure.
final class Zones {
  private static final Set<String> NAMES = Set.of(TimeZone.getAvailableIDs());
  private static final Pattern OFFSET = Pattern.compile("GMT[+-](\\d{1,2}|\\d{1,2}:?\\d{2})");

  private Zones() {}

  /// @param name null for the zone of the machine
  /// @param argument counted from 1
  static TimeZone of(int argument, @Nullable Object name) {
    if (name == null) {
      return TimeZone.getDefault();
    }
    String text = name.toString();
    if (NAMES.contains(text)
        || (OFFSET.matcher(text).matches() && known(TimeZone.getTimeZone(text), text))) {
      return TimeZone.getTimeZone(text);
    }
    throw FunctionFailure.type(
        argument, text, "a time zone such as 'UTC', 'Europe/Paris' or 'GMT+02:00'");
  }

  // An offset beyond the clock is taken for GMT too.
  private static boolean known(TimeZone zone, String text) {
    return zone.getRawOffset() != 0 || text.substring(4).matches("[0:]+");
  }
}
