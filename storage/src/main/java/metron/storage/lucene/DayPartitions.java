package metron.storage.lucene;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/// Which index an event belongs to, by its `@timestamp`.
///
/// | `@timestamp` | index |
/// |---|---|
/// | from [#DAYS] days ago to the end of tomorrow | `2026-11-24`, one a day |
/// | older, up to [#YEARS] years | `2026-03`, one a month |
/// | older still, later, or none | `other-2026-11`, by the month of arrival |
///
/// So hostile or broken clocks make at most [#DAYS] + 12 · [#YEARS] + a few indexes, never one for each day they invent.
/// Nothing depends on an event lying in its own index: exactly-once counts positions over the whole store, and a search looks
/// at the times that an index has, not at its name. The store uses that when too many indexes are being written at once.
final class DayPartitions {
  static final int DAYS = 45;
  static final int YEARS = 10;

  private DayPartitions() {}

  static String name(long nanos, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(nanos, 86_400L * 1_000_000_000L));
    if (day.isAfter(today.plusDays(1)) || day.isBefore(today.minusYears(YEARS))) {
      return other(now);
    }
    return day.isBefore(today.minusDays(DAYS)) ? YearMonth.from(day).toString() : day.toString();
  }

  static String other(Instant now) {
    return "other-" + YearMonth.from(LocalDate.ofInstant(now, ZoneOffset.UTC));
  }

  static boolean isName(String directory) {
    try {
      return !end(directory).equals(Instant.MIN);
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  /// The first moment after what the name promises.
  static Instant end(String name) {
    String date = name.toLowerCase(Locale.ROOT).replace("other-", "");
    LocalDate end =
        date.length() == 7
            ? YearMonth.parse(date).plusMonths(1).atDay(1)
            : LocalDate.parse(date).plusDays(1);
    return end.atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
