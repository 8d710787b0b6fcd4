package metron.server.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Moments as people write them in a request: an ISO 8601 instant, a date (its first moment, UTC), or `now` with an
/// offset such as `now-24h`; units `s m h d w`.
public final class Moments {
  private static final Pattern RELATIVE = Pattern.compile("now(?:([+-])(\\d{1,6})([smhdw]))?");

  private Moments() {}

  /// @param name what it is called in the request, for the message
  /// @throws ProblemException 400, if `text` is none of these
  public static Instant parse(String name, String text, Instant now) {
    Matcher relative = RELATIVE.matcher(text);
    try {
      if (relative.matches()) {
        String sign = relative.group(1);
        if (sign == null) {
          return now;
        }
        long amount = Long.parseLong(relative.group(2));
        Duration offset =
            switch (relative.group(3)) {
              case "s" -> Duration.ofSeconds(amount);
              case "m" -> Duration.ofMinutes(amount);
              case "h" -> Duration.ofHours(amount);
              case "d" -> Duration.ofDays(amount);
              default -> Duration.ofDays(7 * amount);
            };
        return inRange(name, text, sign.equals("-") ? now.minus(offset) : now.plus(offset));
      }
      if (text.length() == 10) {
        return inRange(name, text, LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
      }
      return inRange(name, text, OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException | ArithmeticException e) {
      throw refused(name, text);
    }
  }

  // Events keep nanoseconds in 64 bits; a bound outside that would overflow in every store.
  private static Instant inRange(String name, String text, Instant moment) {
    int year = moment.atOffset(ZoneOffset.UTC).getYear();
    if (year < 1678 || year > 2261) {
      throw refused(name, text);
    }
    return moment;
  }

  private static ProblemException refused(String name, String text) {
    return Problem.badRequest(
            name
                + " is '"
                + Excerpt.of(text)
                + "', expected an instant such as 2026-05-01T12:00:00Z between the years 1678 and"
                + " 2261, a date such as 2026-05-01, or a time before now such as now-24h")
        .exception();
  }

  /// @throws ProblemException 400, if `text` is not a positive ISO 8601 duration of at most `longest`
  public static Duration duration(String name, String text, Duration longest) {
    try {
      Duration duration = Duration.parse(text);
      if (!duration.isNegative() && !duration.isZero() && duration.compareTo(longest) <= 0) {
        return duration;
      }
    } catch (DateTimeException | ArithmeticException e) {
      // Falls through to the one message for all that is not such a duration.
      return refusedDuration(name, text, longest);
    }
    return refusedDuration(name, text, longest);
  }

  private static Duration refusedDuration(String name, String text, Duration longest) {
    throw Problem.badRequest(
            name
                + " is '"
                + Excerpt.of(text)
                + "', expected a duration such as PT30M, longer than nothing and at most "
                + longest)
        .exception();
  }
}
