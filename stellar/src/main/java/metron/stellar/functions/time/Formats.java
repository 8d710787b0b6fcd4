package metron.stellar.functions.time;

import java.text.SimpleDateFormat;
import java.util.Locale;
import java.util.TimeZone;
import metron.stellar.function.FunctionFailure;

/// Date formats as `SimpleDateFormat` reads them. That class and not `java.time`, because existing
/// rules count on what it lets pass: one digit where the pattern has two, the 31st of February,
/// text after the end.
final class Formats {
  // The longest pattern; a real one has 40 characters.
  private static final int LONGEST = 1_000;

  private Formats() {}

  /// @param argument the one that gave the pattern, counted from 1
  static SimpleDateFormat of(int argument, String pattern, TimeZone zone) {
    if (pattern.length() > LONGEST) {
      throw FunctionFailure.argument(
          argument,
          "has %d characters, expected a date format of at most %d"
              .formatted(pattern.length(), LONGEST));
    }
    checkRuns(argument, pattern);
    try {
      SimpleDateFormat format = new SimpleDateFormat(pattern, Locale.US);
      format.setTimeZone(zone);
      return format;
    } catch (IllegalArgumentException e) {
      throw FunctionFailure.argument(argument, "is no date format: " + e.getMessage());
    }
  }

  /// A copy for one call: formats are not safe for use by many threads.
  ///
  /// @param zoned whether the zone of the prepared one counts; else it is that of the machine, which
  ///     may have changed since
  static SimpleDateFormat copy(SimpleDateFormat prepared, boolean zoned) {
    SimpleDateFormat copy = (SimpleDateFormat) prepared.clone();
    if (!zoned) {
      copy.setTimeZone(TimeZone.getDefault());
    }
    return copy;
  }

  // A run of letters pads a number with as many zeros; more than this is a mistake.
  private static void checkRuns(int argument, String pattern) {
    int run = 0;
    for (int i = 0; i < pattern.length(); i++) {
      run = i > 0 && pattern.charAt(i) == pattern.charAt(i - 1) ? run + 1 : 1;
      if (run > 100) {
        throw FunctionFailure.argument(
            argument, "is no date format: '%s' more than 100 times".formatted(pattern.charAt(i)));
      }
    }
  }
}
