package metron.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampTest {
  private static long iso(String text) {
    return Timestamp.parseIso(text, 0, text.length());
  }

  private static long epoch(String text) {
    return Timestamp.parseEpoch(text, 0, text.length());
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T08:05:34.853Z, 2026-03-01T08:05:34.853Z",
    "2026-03-01T08:05:34Z, 2026-03-01T08:05:34Z",
    "2026-03-01 08:05:34, 2026-03-01T08:05:34Z",
    "2026-03-01, 2026-03-01T00:00:00Z",
    "2026-03-01T08:05Z, 2026-03-01T08:05:00Z",
    "'2026-03-01T08:05:34,853+02:00', 2026-03-01T06:05:34.853Z",
    "2017-04-07T22:24:37.251547+0100, 2017-04-07T21:24:37.251547Z",
    "2017-04-07T22:24:37-03, 2017-04-08T01:24:37Z",
    "2016-12-31T23:59:60Z, 2016-12-31T23:59:59Z",
    "2024-02-29T00:00:00.123456789Z, 2024-02-29T00:00:00.123456789Z",
    "2024-02-29T00:00:00.1234567899Z, 2024-02-29T00:00:00.123456789Z",
    "1969-12-31T23:59:59.5Z, 1969-12-31T23:59:59.500Z",
    "1677-09-21T00:12:43.145224193Z, 1677-09-21T00:12:43.145224193Z",
    "2262-04-11T23:47:16.854775807Z, 2262-04-11T23:47:16.854775807Z",
  })
  void readsTheHabitsOfSensors(String text, String expected) {
    assertThat(Timestamp.format(iso(text))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026",
        "2026-3-1",
        "2026-02-30",
        "2023-02-29T00:00:00Z",
        "2026-13-01",
        "2026-00-01",
        "2026-01-00",
        "2026-03-01T",
        "2026-03-01T08",
        "2026-03-01T24:00:00Z",
        "2026-03-01T08:60:00Z",
        "2026-03-01T08:05:61Z",
        "2026-03-01T08:05:3",
        "2026-03-01T08:05:34.Z",
        "2026-03-01T08:05:34 UTC",
        "2026-03-01T08:05:34+25:00",
        "2026-03-01T08:05:34+0",
        "2026-03-01X08:05:34Z",
        "1677-09-21T00:12:43.145224192Z",
        "2262-04-11T23:47:16.854775808Z",
        "9999-01-01T00:00:00Z"
      })
  void refusesWhatIsNoMomentInRange(String text) {
    assertThat(iso(text)).isEqualTo(Timestamp.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "1507565438.123456, 2017-10-09T16:10:38.123456Z",
    "1507565438.123456789123, 2017-10-09T16:10:38.123456789Z",
    "1507565438, 2017-10-09T16:10:38Z",
    "1507565438123, 2017-10-09T16:10:38.123Z",
    "1507565438123456, 2017-10-09T16:10:38.123456Z",
    "1507565438123456789, 2017-10-09T16:10:38.123456789Z",
    "0, 1970-01-01T00:00:00Z",
    "-1.5, 1969-12-31T23:59:58.500Z",
  })
  void readsNumbersToTheDigit(String text, String expected) {
    assertThat(Timestamp.format(epoch(text))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "1.", "1e9", "x", "99999999999999999999", "9999999999999999999"})
  void refusesOtherNumbers(String text) {
    assertThat(epoch(text)).isEqualTo(Timestamp.NONE);
  }

  @Property(tries = 500)
  void writesAndReadsEveryMoment(
      @ForAll @LongRange(min = Long.MIN_VALUE + 1, max = Long.MAX_VALUE) long nanos) {
    String text = Timestamp.format(nanos);

    assertThat(iso(text)).isEqualTo(nanos);
    assertThat(Instant.parse(text)).isEqualTo(Values.instant(nanos));
    assertThat(text).isEqualTo(Values.instant(nanos).toString());
  }

  @Property(tries = 500)
  void agreesWithJavaTimeOnOffsets(
      @ForAll @LongRange(min = -5_000_000_000L, max = 5_000_000_000L) long seconds,
      @ForAll @IntRange(min = -1079, max = 1079) int minutes) {
    OffsetDateTime t =
        Instant.ofEpochSecond(seconds).atOffset(java.time.ZoneOffset.ofTotalSeconds(minutes * 60));

    assertThat(iso(t.toString())).as(t.toString()).isEqualTo(seconds * 1_000_000_000L);
  }

  @Property(tries = 500)
  void neverThrows(@ForAll String text) {
    iso(text);
    epoch(text);
    Values.one(FieldType.INSTANT, text);
    Values.one(FieldType.LONG, text);
    Values.one(FieldType.DOUBLE, text);
    Values.one(FieldType.BOOLEAN, text);
    assertThat(Values.one(FieldType.STRING, text)).isEqualTo(text);
  }
}
