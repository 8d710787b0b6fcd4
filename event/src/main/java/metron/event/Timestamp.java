package metron.event;

/// Moments as nanoseconds since 1970-01-01T00:00:00Z in a `long` (1677-09-21 to 2262-04-11), read and written without
/// objects: every event has two or three.
public final class Timestamp {
  /// What the readers answer for text that is no moment in range. Not a moment itself: it lies one before the first.
  public static final long NONE = Long.MIN_VALUE;

  private static final long SECOND = 1_000_000_000L;
  private static final long MAX_SECONDS = Long.MAX_VALUE / SECOND;

  private Timestamp() {}

  /// Reads ISO 8601 as RFC 3339 and the habits of sensors have it: `2026-03-01T08:05:34.853Z`, a blank for the `T`, offset
  /// `Z`, `+02:00`, `+0200` or `+02`, up to any number of fraction digits after `.` or `,` (more than nine are cut), a date
  /// alone (midnight), no seconds. Without an offset the text is taken as UTC. A leap second is the second before it.
  ///
  /// @return [#NONE] if it is none of these or the date does not exist
  public static long parseIso(CharSequence text, int from, int to) {
    if (to - from < 10 || to - from > 64) {
      return NONE;
    }
    int year = digits(text, from, 4);
    int month = digits(text, from + 5, 2);
    int day = digits(text, from + 8, 2);
    if ((year | month | day) < 0
        || text.charAt(from + 4) != '-'
        || text.charAt(from + 7) != '-'
        || month < 1
        || month > 12
        || day < 1
        || day > daysIn(year, month)) {
      return NONE;
    }
    long seconds = daysSinceEpoch(year, month, day) * 86_400L;
    int nanos = 0;
    int i = from + 10;
    if (i < to) {
      char t = text.charAt(i);
      if ((t != 'T' && t != ' ' && t != 't') || to - i < 6) {
        return NONE;
      }
      int hour = digits(text, i + 1, 2);
      int minute = digits(text, i + 4, 2);
      if ((hour | minute) < 0 || hour > 23 || minute > 59 || text.charAt(i + 3) != ':') {
        return NONE;
      }
      seconds += hour * 3600L + minute * 60L;
      i += 6;
      if (i < to && text.charAt(i) == ':') {
        int second = i + 3 <= to ? digits(text, i + 1, 2) : -1;
        if (second < 0 || second > 60) {
          return NONE;
        }
        seconds += Math.min(second, 59);
        i += 3;
        if (i < to && (text.charAt(i) == '.' || text.charAt(i) == ',')) {
          int start = ++i;
          int scale = 100_000_000;
          while (i < to && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            nanos += (text.charAt(i) - '0') * scale;
            scale /= 10;
            i++;
          }
          if (i == start) {
            return NONE;
          }
        }
      }
      if (i < to) {
        int offset = offsetSeconds(text, i, to);
        if (offset == Integer.MIN_VALUE) {
          return NONE;
        }
        seconds -= offset;
      }
    }
    return of(seconds, nanos);
  }

  private static int offsetSeconds(CharSequence text, int from, int to) {
    char sign = text.charAt(from);
    int length = to - from;
    if ((sign == 'Z' || sign == 'z') && length == 1) {
      return 0;
    }
    if (sign != '+' && sign != '-') {
      return Integer.MIN_VALUE;
    }
    boolean colon = length == 6 && text.charAt(from + 3) == ':';
    if (!colon && length != 5 && length != 3) {
      return Integer.MIN_VALUE;
    }
    int hours = digits(text, from + 1, 2);
    int minutes = length == 3 ? 0 : digits(text, from + (colon ? 4 : 3), 2);
    if (hours < 0 || minutes < 0 || hours > 18 || minutes > 59) {
      return Integer.MIN_VALUE;
    }
    int seconds = hours * 3600 + minutes * 60;
    return sign == '-' ? -seconds : seconds;
  }

  /// Reads a decimal number as time since the epoch, to the digit (a `double` has lost the nanoseconds of 2026). The unit
  /// follows from the size: below 10^11 seconds (year 5138), below 10^14 milliseconds, below 10^17 microseconds, else
  /// nanoseconds.
  ///
  /// @return [#NONE] if it is not a plain decimal number, or out of range
  public static long parseEpoch(CharSequence text, int from, int to) {
    boolean negative = from < to && text.charAt(from) == '-';
    int i = negative ? from + 1 : from;
    int start = i;
    long whole = 0;
    while (i < to && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      if (i - start == 19) {
        return NONE;
      }
      whole = whole * 10 + (text.charAt(i) - '0');
      i++;
    }
    if (i == start || whole < 0) {
      return NONE;
    }
    long unit =
        whole < 100_000_000_000L
            ? SECOND
            : whole < 100_000_000_000_000L
                ? 1_000_000L
                : whole < 100_000_000_000_000_000L ? 1_000L : 1L;
    long fraction = 0;
    if (i < to && text.charAt(i) == '.') {
      int firstDigit = ++i;
      long scale = unit / 10;
      while (i < to && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
        fraction += (text.charAt(i) - '0') * scale;
        scale /= 10;
        i++;
      }
      if (i == firstDigit) {
        return NONE;
      }
    }
    if (i != to || whole > (Long.MAX_VALUE - fraction) / unit) {
      return NONE;
    }
    long nanos = whole * unit + fraction;
    return negative ? -nanos : nanos;
  }

  /// @param seconds since the epoch
  /// @param nanos 0 to 999,999,999
  /// @return [#NONE] if out of range
  public static long of(long seconds, int nanos) {
    boolean before =
        seconds < -MAX_SECONDS - 1 || (seconds == -MAX_SECONDS - 1 && nanos <= 145_224_192);
    boolean after = seconds > MAX_SECONDS || (seconds == MAX_SECONDS && nanos > 854_775_807);
    // The product may wrap in the first second of the range; the sum wraps back.
    return before || after ? NONE : seconds * SECOND + nanos;
  }

  /// Appends `2026-03-01T08:05:34.853Z`: always UTC, no fraction if it is zero, else 3, 6 or 9 digits.
  public static void appendTo(StringBuilder out, long nanosSinceEpoch) {
    long seconds = Math.floorDiv(nanosSinceEpoch, SECOND);
    int nanos = (int) Math.floorMod(nanosSinceEpoch, SECOND);
    long days = Math.floorDiv(seconds, 86_400L);
    int rest = (int) Math.floorMod(seconds, 86_400L);
    // Civil date from days, Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
    long z = days + 719_468;
    long era = Math.floorDiv(z, 146_097L);
    int doe = (int) Math.floorMod(z, 146_097L);
    int yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int mp = (5 * doy + 2) / 153;
    int day = doy - (153 * mp + 2) / 5 + 1;
    int month = mp < 10 ? mp + 3 : mp - 9;
    long year = yoe + era * 400 + (month <= 2 ? 1 : 0);
    pad(out, (int) year, 4);
    out.append('-');
    pad(out, month, 2);
    out.append('-');
    pad(out, day, 2);
    out.append('T');
    pad(out, rest / 3600, 2);
    out.append(':');
    pad(out, rest / 60 % 60, 2);
    out.append(':');
    pad(out, rest % 60, 2);
    if (nanos != 0) {
      out.append('.');
      if (nanos % 1_000_000 == 0) {
        pad(out, nanos / 1_000_000, 3);
      } else if (nanos % 1_000 == 0) {
        pad(out, nanos / 1_000, 6);
      } else {
        pad(out, nanos, 9);
      }
    }
    out.append('Z');
  }

  /// As [#appendTo].
  public static String format(long nanosSinceEpoch) {
    StringBuilder out = new StringBuilder(30);
    appendTo(out, nanosSinceEpoch);
    return out.toString();
  }

  private static void pad(StringBuilder out, int value, int width) {
    int limit = 10;
    for (int i = 1; i < width; i++) {
      if (value < limit) {
        out.append('0');
      }
      limit *= 10;
    }
    // The loop above writes one zero for each power of ten that the value is below.
    out.append(value);
  }

  private static int digits(CharSequence text, int from, int count) {
    int value = 0;
    for (int i = from; i < from + count; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private static int daysIn(int year, int month) {
    return switch (month) {
      case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  /// Days from 1970-01-01 to a date of the proleptic Gregorian calendar (Hinnant, as above).
  private static long daysSinceEpoch(int year, int month, int day) {
    int y = month <= 2 ? year - 1 : year;
    int era = Math.floorDiv(y, 400);
    int yoe = Math.floorMod(y, 400);
    int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146_097L + doe - 719_468;
  }
}
