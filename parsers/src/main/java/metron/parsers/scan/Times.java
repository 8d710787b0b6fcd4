package metron.parsers.scan;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;

/// Time stamps as sources write them, read from bytes into nanoseconds since the epoch.
///
/// Each reader takes a stamp at the start of the range and leaves in [#end] where it stopped, so that a header can be read
/// on from there. A day or an hour that does not exist is refused, never rolled over. A stamp without a zone is in the zone
/// given; one without a year takes the latest year that does not put it after the time of receipt, with
/// [#AHEAD_NANOS] of grace for clocks and zones that are off.
///
/// Not thread-safe: it remembers the last hour whose offset it looked up.
public final class Times {
  /// What every reader answers where the range does not start with such a stamp.
  public static final long NONE = Long.MIN_VALUE;

  /// How far after the time of receipt a stamp without a year may lie before it is taken for last year's: one day.
  public static final long AHEAD_NANOS = 86_400_000_000_000L;

  private static final long SECOND = 1_000_000_000L;
  private static final int NO_YEAR = Integer.MIN_VALUE;

  private final ZoneId zone;
  private final ZoneRules rules;
  private final int fixedOffset;
  private final boolean fixed;
  private long received;
  private int receivedYear = NO_YEAR;
  private long cachedHour = Long.MIN_VALUE;
  private int cachedOffset;

  private int end;
  // The fraction last read, in nanoseconds; readers share it so that none has to return two
  // numbers.
  private long fraction;

  /// @param zone zone of stamps that carry none
  public Times(ZoneId zone) {
    this.zone = zone;
    this.rules = zone.getRules();
    this.fixed = rules.isFixedOffset();
    this.fixedOffset = fixed ? rules.getOffset(Instant.EPOCH).getTotalSeconds() : 0;
  }

  public ZoneId zone() {
    return zone;
  }

  /// Sets the time of receipt that decides the year of stamps without one.
  public void received(Instant at) {
    received = nanos(at);
    receivedYear = NO_YEAR;
  }

  /// Where the last reading stopped.
  public int end() {
    return end;
  }

  /// Nanoseconds since the epoch, the nearest that 64 bits can hold.
  public static long nanos(Instant at) {
    long s = at.getEpochSecond();
    if (s > 9_223_372_035L) {
      return Long.MAX_VALUE;
    }
    if (s < -9_223_372_036L) {
      return Long.MIN_VALUE + 1;
    }
    return s * SECOND + at.getNano();
  }

  /// ISO 8601 and RFC 3339: `2026-01-05T08:52:35.123456Z`; also with a blank for the `T`, a comma for the point, no
  /// seconds, slashes between the parts of the date, an offset `+02:00`, `+0200`, `+02` or none.
  public long iso(byte[] b, int from, int to) {
    if (to - from < 16
        || (b[from + 4] != '-' && b[from + 4] != '/')
        || b[from + 7] != b[from + 4]
        || b[from + 13] != ':') {
      return NONE;
    }
    byte t = b[from + 10];
    if (t != 'T' && t != ' ' && t != 't') {
      return NONE;
    }
    int year = digits4(b, from);
    int month = digits2(b, from + 5);
    int day = digits2(b, from + 8);
    int hour = digits2(b, from + 11);
    int minute = digits2(b, from + 14);
    int second = 0;
    int i = from + 16;
    fraction = 0;
    if (i + 2 < to && b[i] == ':') {
      second = digits2(b, i + 1);
      i = fraction(b, i + 3, to);
    }
    if (bad(year, month, day, hour, minute, second)) {
      return NONE;
    }
    return zoned(local(year, month, day, hour, minute, second), b, i, to);
  }

  /// RFC 3164 and its relatives: `Jan  5 08:52:35`, with fraction, with a year before or after the time
  /// (`Aug 05 2016 01:02:25`, `Jan 5 08:52:35 2016`), with a zone name `UTC` or an offset after it, with a day of the week
  /// before it (`Fri Sep 09 10:42:29.902022 2011`).
  public long bsd(byte[] b, int from, int to) {
    if (to - from < 14) {
      return NONE;
    }
    int month = month(b, from);
    if (month < 1 && b[from + 3] == ' ' && to - from >= 18 && weekday(b, from)) {
      return bsd(b, Bytes.skipBlanks(b, from + 3, to), to);
    }
    if (month < 1 || b[from + 3] != ' ') {
      return NONE;
    }
    int i = Bytes.skipBlanks(b, from + 3, to);
    int start = i;
    int day = 0;
    while (i < to && i - start < 2 && Bytes.isDigit(b[i])) {
      day = day * 10 + (b[i++] - '0');
    }
    if (i == start || i >= to || (b[i] != ' ' && b[i] != ',')) {
      return NONE;
    }
    i = Bytes.skipBlanks(b, b[i] == ',' ? i + 1 : i, to);
    int year = NO_YEAR;
    if (i + 5 < to && b[i + 4] == ' ' && (year = digits4(b, i)) >= 0) {
      i = Bytes.skipBlanks(b, i + 4, to);
    } else {
      year = NO_YEAR;
    }
    if (to - i < 8 || b[i + 2] != ':' || b[i + 5] != ':') {
      return NONE;
    }
    int hour = digits2(b, i);
    int minute = digits2(b, i + 3);
    int second = digits2(b, i + 6);
    i = fraction(b, i + 8, to);
    if (year == NO_YEAR
        && i + 5 <= to
        && b[i] == ' '
        && (i + 5 == to || !Bytes.isDigit(b[i + 5]))) {
      int after = digits4(b, i + 1);
      if (after >= 1970 && after < 2200 && (i + 5 == to || b[i + 5] == ' ' || b[i + 5] == ':')) {
        year = after;
        i += 5;
      }
    }
    if (bad(2000, month, 1, hour, minute, second)) {
      return NONE;
    }
    if (year != NO_YEAR) {
      if (bad(year, month, day, hour, minute, second)) {
        return NONE;
      }
      return zoned(local(year, month, day, hour, minute, second), b, i, to);
    }
    return withoutYear(month, day, hour, minute, second, b, i, to);
  }

  /// Snort and Suricata fast: `01/27/16-16:01:04.877970`, `07/11/2022-10:29:01.860293`, or without a year
  /// `08/28-07:13:40.1`.
  public long snort(byte[] b, int from, int to) {
    if (to - from < 14 || b[from + 2] != '/') {
      return NONE;
    }
    int month = digits2(b, from);
    int day = digits2(b, from + 3);
    int i = from + 5;
    int year = NO_YEAR;
    if (b[i] == '/') {
      int start = ++i;
      int y = 0;
      while (i < to && i - start < 4 && Bytes.isDigit(b[i])) {
        y = y * 10 + (b[i++] - '0');
      }
      int n = i - start;
      if (n != 2 && n != 4) {
        return NONE;
      }
      year = n == 2 ? 2000 + y : y;
    }
    if (to - i < 9 || b[i] != '-' || b[i + 3] != ':' || b[i + 6] != ':') {
      return NONE;
    }
    int hour = digits2(b, i + 1);
    int minute = digits2(b, i + 4);
    int second = digits2(b, i + 7);
    i = fraction(b, i + 9, to);
    if (year == NO_YEAR) {
      if (bad(2000, month, 1, hour, minute, second) || day < 1) {
        return NONE;
      }
      return withoutYear(month, day, hour, minute, second, b, i, i);
    }
    if (bad(year, month, day, hour, minute, second)) {
      return NONE;
    }
    return zoned(local(year, month, day, hour, minute, second), b, i, i);
  }

  /// Apache common log: `05/Jan/2026:08:52:35 +0100`; also `05-Jan-2026 08:52:35.123` and `05 Jan 2026 08:52:35 GMT`, with
  /// a day of the week before it (`Mon, 05 Jan 2026 08:52:35 GMT`).
  public long apache(byte[] b, int from, int to) {
    if (to - from > 25 && b[from + 3] == ',' && weekday(b, from)) {
      return apache(b, Bytes.skipBlanks(b, from + 4, to), to);
    }
    if (to - from < 20
        || (b[from + 2] != '/' && b[from + 2] != '-' && b[from + 2] != ' ')
        || b[from + 6] != b[from + 2]
        || (b[from + 11] != ':' && b[from + 11] != ' ')
        || b[from + 14] != ':'
        || b[from + 17] != ':') {
      return NONE;
    }
    int day = digits2(b, from);
    int month = month(b, from + 3);
    int year = digits4(b, from + 7);
    int hour = digits2(b, from + 12);
    int minute = digits2(b, from + 15);
    int second = digits2(b, from + 18);
    int i = fraction(b, from + 20, to);
    if (bad(year, month, day, hour, minute, second)) {
      return NONE;
    }
    return zoned(local(year, month, day, hour, minute, second), b, i, to);
  }

  /// Month first, as in the United States: `01/05/2026 08:52:35`, `1/5/2026 8:52:35 PM`, `01/05/26,08:52:35`.
  public long monthFirst(byte[] b, int from, int to) {
    int i = from;
    int[] parts = new int[6];
    for (int part = 0; part < 6; part++) {
      int start = i;
      int v = 0;
      while (i < to && i - start < 4 && Bytes.isDigit(b[i])) {
        v = v * 10 + (b[i++] - '0');
      }
      if (i == start || (part < 5 && i >= to)) {
        return NONE;
      }
      parts[part] = v;
      if (part < 5) {
        byte c = b[i++];
        boolean fits = part < 2 ? c == '/' : part == 2 ? c == ' ' || c == ',' : c == ':';
        if (!fits) {
          return NONE;
        }
        i = part == 2 ? Bytes.skipBlanks(b, i, to) : i;
      }
    }
    i = fraction(b, i, to);
    int hour = parts[3];
    if (i + 2 < to && b[i] == ' ' && (b[i + 2] | 32) == 'm') {
      int half = b[i + 1] | 32;
      if (hour < 1 || hour > 12 || (half != 'a' && half != 'p')) {
        return NONE;
      }
      hour = hour % 12 + (half == 'p' ? 12 : 0);
      i += 3;
    }
    int year = parts[2] < 100 ? 2000 + parts[2] : parts[2];
    if (bad(year, parts[0], parts[1], hour, parts[4], parts[5])) {
      return NONE;
    }
    return zoned(local(year, parts[0], parts[1], hour, parts[4], parts[5]), b, i, to);
  }

  /// Digits alone: `20260105T085235Z`, `20260105085235`, with fraction.
  public long compact(byte[] b, int from, int to) {
    if (to - from < 14) {
      return NONE;
    }
    int year = digits4(b, from);
    int month = digits2(b, from + 4);
    int day = digits2(b, from + 6);
    int i = from + 8;
    if (b[i] == 'T' || b[i] == ' ') {
      i++;
    }
    if (to - i < 6) {
      return NONE;
    }
    int hour = digits2(b, i);
    int minute = digits2(b, i + 2);
    int second = digits2(b, i + 4);
    i = fraction(b, i + 6, to);
    if (bad(year, month, day, hour, minute, second)) {
      return NONE;
    }
    return zoned(local(year, month, day, hour, minute, second), b, i, to);
  }

  /// Seconds since the epoch with an optional fraction, the whole range.
  public long epoch(byte[] b, int from, int to) {
    end = to;
    long v = Bytes.scaled(b, from, to, 9);
    return v == Bytes.NOT_A_NUMBER ? NONE : v;
  }

  /// Milliseconds since the epoch, the whole range.
  public long epochMillis(byte[] b, int from, int to) {
    end = to;
    long v = Bytes.scaled(b, from, to, 6);
    return v == Bytes.NOT_A_NUMBER ? NONE : v;
  }

  /// Whatever the range holds: a number is seconds up to eleven digits before the point, then milliseconds (to 14),
  /// microseconds (to 17), nanoseconds; else ISO 8601, RFC 3164, Apache, Snort or US form, the whole range.
  public long any(byte[] b, int from, int to) {
    if (from == to) {
      return NONE;
    }
    int digits = 0;
    int i = from;
    if (b[i] == '-') {
      i++;
    }
    while (i < to && Bytes.isDigit(b[i])) {
      digits++;
      i++;
    }
    if (digits > 0 && (i == to || b[i] == '.' || (b[i] | 32) == 'e')) {
      int scale = digits <= 11 ? 9 : digits <= 14 ? 6 : digits <= 17 ? 3 : 0;
      end = to;
      return Bytes.scaled(b, from, to, scale);
    }
    long t = iso(b, from, to);
    if (t != NONE && end == to) {
      return t;
    }
    t = bsd(b, from, to);
    if (t != NONE && end == to) {
      return t;
    }
    t = apache(b, from, to);
    if (t != NONE && end == to) {
      return t;
    }
    t = snort(b, from, to);
    if (t != NONE && end == to) {
      return t;
    }
    t = monthFirst(b, from, to);
    if (t != NONE && end == to) {
      return t;
    }
    t = compact(b, from, to);
    return t != NONE && end == to ? t : NONE;
  }

  /// Seconds of a local date and time since the epoch as if it were UTC; all parts must be valid.
  public static long local(int year, int month, int day, int hour, int minute, int second) {
    return epochDay(year, month, day) * 86_400 + hour * 3_600L + minute * 60L + second;
  }

  /// A local moment in the zone of this reader, as nanoseconds since the epoch.
  public long nanos(long localSeconds, long nanoOfSecond) {
    return (localSeconds - offset(localSeconds)) * SECOND + nanoOfSecond;
  }

  /// Whether that is no day or time that exists; second 60 is a leap second and is taken as the next minute's first.
  public static boolean bad(int year, int month, int day, int hour, int minute, int second) {
    return year < 1678
        || year > 2261
        || month < 1
        || month > 12
        || day < 1
        || day > daysIn(year, month)
        || hour < 0
        || hour > 23
        || minute < 0
        || minute > 59
        || second < 0
        || second > 60;
  }

  /// `Jan` to `Dec` in any case at `i`, 1 to 12; 0 if none. The caller has checked that three bytes are there.
  public static int month(byte[] b, int i) {
    int key = ((b[i] | 32) << 16) | ((b[i + 1] | 32) << 8) | (b[i + 2] | 32);
    return switch (key) {
      case ('j' << 16) | ('a' << 8) | 'n' -> 1;
      case ('f' << 16) | ('e' << 8) | 'b' -> 2;
      case ('m' << 16) | ('a' << 8) | 'r' -> 3;
      case ('a' << 16) | ('p' << 8) | 'r' -> 4;
      case ('m' << 16) | ('a' << 8) | 'y' -> 5;
      case ('j' << 16) | ('u' << 8) | 'n' -> 6;
      case ('j' << 16) | ('u' << 8) | 'l' -> 7;
      case ('a' << 16) | ('u' << 8) | 'g' -> 8;
      case ('s' << 16) | ('e' << 8) | 'p' -> 9;
      case ('o' << 16) | ('c' << 8) | 't' -> 10;
      case ('n' << 16) | ('o' << 8) | 'v' -> 11;
      case ('d' << 16) | ('e' << 8) | 'c' -> 12;
      default -> 0;
    };
  }

  private long withoutYear(
      int month, int day, int hour, int minute, int second, byte[] b, int i, int to) {
    if (day < 1 || day > 31) {
      return NONE;
    }
    if (receivedYear == NO_YEAR) {
      receivedYear =
          Instant.ofEpochSecond(Math.floorDiv(received, SECOND)).atZone(ZoneOffset.UTC).getYear();
    }
    // Nine years back reach a leap year even around 1900 and 2100.
    for (int year = receivedYear + 1; year > receivedYear - 9; year--) {
      if (day > daysIn(year, month)) {
        continue;
      }
      long t = zoned(local(year, month, day, hour, minute, second), b, i, to);
      if (t != NONE && (t <= received || t - received <= AHEAD_NANOS)) {
        return t;
      }
    }
    return NONE;
  }

  /// Applies the offset or zone name at `i`, or this reader's zone if there is none.
  private long zoned(long localSeconds, byte[] b, int i, int to) {
    end = i;
    int p = i < to && b[i] == ' ' ? i + 1 : i;
    if (p < to) {
      byte c = b[p];
      if ((c == 'Z' || c == 'z') && (p + 1 == to || !isLetter(b[p + 1]))) {
        if (p == i) {
          end = p + 1;
          return localSeconds * SECOND + fraction;
        }
      } else if ((c == '+' || c == '-') && p + 2 < to) {
        int h = digits2(b, p + 1);
        int q = p + 3;
        int m = 0;
        if (q + 2 < to && b[q] == ':' && digits2(b, q + 1) >= 0) {
          m = digits2(b, q + 1);
          q += 3;
        } else if (q + 1 < to && digits2(b, q) >= 0) {
          m = digits2(b, q);
          q += 2;
        }
        if (h >= 0 && h <= 18 && m < 60 && (q == to || !Bytes.isDigit(b[q]))) {
          end = q;
          int seconds = (h * 60 + m) * 60;
          return (localSeconds - (c == '-' ? -seconds : seconds)) * SECOND + fraction;
        }
      } else if (p > i
          && p + 3 <= to
          && (p + 3 == to || !isLetter(b[p + 3]))
          && ((b[p] == 'U' && b[p + 1] == 'T' && b[p + 2] == 'C')
              || (b[p] == 'G' && b[p + 1] == 'M' && b[p + 2] == 'T'))) {
        end = p + 3;
        return localSeconds * SECOND + fraction;
      } else if (p > i && p + 3 <= to && c >= 'A' && c <= 'Z') {
        int letters = p;
        while (letters < to && letters - p < 5 && isLetter(b[letters])) {
          letters++;
        }
        int minutes = named(b, p, letters);
        if (minutes != NO_YEAR && (letters == to || !isLetter(b[letters]))) {
          end = letters;
          return (localSeconds - minutes * 60L) * SECOND + fraction;
        }
      }
    }
    return nanos(localSeconds, fraction);
  }

  /// Minutes east of Greenwich of a zone's abbreviation, as PostgreSQL's default set has it; [#NO_YEAR] if it is none.
  private static int named(byte[] b, int from, int to) {
    return switch (new String(b, from, to - from, java.nio.charset.StandardCharsets.ISO_8859_1)) {
      case "WET" -> 0;
      case "BST", "CET", "MEZ", "WEST" -> 60;
      case "CEST", "EET", "MESZ", "SAST" -> 120;
      case "EEST", "MSK" -> 180;
      case "PKT" -> 300;
      case "HKT", "SGT", "AWST" -> 480;
      case "JST", "KST" -> 540;
      case "AEST" -> 600;
      case "AEDT" -> 660;
      case "NZST" -> 720;
      case "NZDT" -> 780;
      case "EDT" -> -240;
      case "EST", "CDT" -> -300;
      case "CST", "MDT" -> -360;
      case "MST", "PDT" -> -420;
      case "PST", "AKDT" -> -480;
      case "AKST" -> -540;
      case "HST" -> -600;
      case "BRT" -> -180;
      default -> NO_YEAR;
    };
  }

  /// `Mon` to `Sun` at `i`; the caller has checked that three bytes are there.
  private static boolean weekday(byte[] b, int i) {
    int key = ((b[i] | 32) << 16) | ((b[i + 1] | 32) << 8) | (b[i + 2] | 32);
    return switch (key) {
      case ('m' << 16) | ('o' << 8) | 'n',
          ('t' << 16) | ('u' << 8) | 'e',
          ('w' << 16) | ('e' << 8) | 'd',
          ('t' << 16) | ('h' << 8) | 'u',
          ('f' << 16) | ('r' << 8) | 'i',
          ('s' << 16) | ('a' << 8) | 't',
          ('s' << 16) | ('u' << 8) | 'n' ->
          true;
      default -> false;
    };
  }

  private int offset(long localSeconds) {
    if (fixed) {
      return fixedOffset;
    }
    long hour = Math.floorDiv(localSeconds, 1_800L);
    if (hour != cachedHour) {
      LocalDateTime at = LocalDateTime.ofEpochSecond(localSeconds, 0, ZoneOffset.UTC);
      cachedOffset = rules.getOffset(at).getTotalSeconds();
      cachedHour = hour;
    }
    return cachedOffset;
  }

  /// Reads `.123456` or `,123` at `i` into [#fraction]; further digits than nine are dropped.
  private int fraction(byte[] b, int i, int to) {
    fraction = 0;
    if (i + 1 >= to || (b[i] != '.' && b[i] != ',') || !Bytes.isDigit(b[i + 1])) {
      return i;
    }
    long v = 0;
    int n = 0;
    int p = i + 1;
    while (p < to && Bytes.isDigit(b[p])) {
      if (n < 9) {
        v = v * 10 + (b[p] - '0');
        n++;
      }
      p++;
    }
    for (; n < 9; n++) {
      v *= 10;
    }
    fraction = v;
    return p;
  }

  private static boolean isLetter(byte c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /// Two digits, also ` 5`; -1 if they are not. The caller has checked that two bytes are there.
  private static int digits2(byte[] b, int i) {
    int hi = b[i] == ' ' ? 0 : b[i] - '0';
    int lo = b[i + 1] - '0';
    return hi < 0 || hi > 9 || lo < 0 || lo > 9 ? -1 : hi * 10 + lo;
  }

  private static int digits4(byte[] b, int i) {
    int v = 0;
    for (int k = 0; k < 4; k++) {
      int d = b[i + k] - '0';
      if (d < 0 || d > 9) {
        return -1;
      }
      v = v * 10 + d;
    }
    return v;
  }

  private static int daysIn(int year, int month) {
    return switch (month) {
      case 4, 6, 9, 11 -> 30;
      case 2 -> (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
      default -> 31;
    };
  }

  /// Days since 1970-01-01 in the proleptic Gregorian calendar (Howard Hinnant, "chrono-Compatible Low-Level Date
  /// Algorithms", days_from_civil).
  private static long epochDay(int year, int month, int day) {
    int y = month <= 2 ? year - 1 : year;
    int era = Math.floorDiv(y, 400);
    int yearOfEra = y - era * 400;
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097L + dayOfEra - 719_468;
  }
}
