package metron.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValuesTest {
  @Test
  void bringsTextAndNumbersToTheType() {
    assertThat(Values.one(FieldType.LONG, "443")).isEqualTo(443L);
    assertThat(Values.one(FieldType.LONG, 443)).isEqualTo(443L);
    assertThat(Values.one(FieldType.LONG, 443.0)).isEqualTo(443L);
    assertThat(Values.one(FieldType.LONG, "443.0")).isEqualTo(443L);
    assertThat(Values.one(FieldType.LONG, "0x1f")).isEqualTo(31L);
    assertThat(Values.one(FieldType.LONG, "-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
    assertThat(Values.one(FieldType.DOUBLE, "1.5")).isEqualTo(1.5);
    assertThat(Values.one(FieldType.DOUBLE, 2L)).isEqualTo(2.0);
    assertThat(Values.one(FieldType.BOOLEAN, "T")).isEqualTo(true);
    assertThat(Values.one(FieldType.BOOLEAN, 0)).isEqualTo(false);
    assertThat(Values.one(FieldType.STRING, 5.0)).isEqualTo("5");
    assertThat(Values.one(FieldType.STRING, 5L)).isEqualTo("5");
    assertThat(Values.one(FieldType.IP, "10.0.0.1")).isEqualTo(IpAddress.v4(0x0a000001));
    assertThat(Values.one(FieldType.INSTANT, 1507565438.123456))
        .isEqualTo(Instant.parse("2017-10-09T16:10:38.123456Z"));
    assertThat(Values.one(FieldType.INSTANT, 1507565438123L))
        .isEqualTo(Instant.parse("2017-10-09T16:10:38.123Z"));
    assertThat(Values.one(FieldType.INSTANT, "2017-10-09"))
        .isEqualTo(Instant.parse("2017-10-09T00:00:00Z"));
  }

  @Test
  void refusesWhatIsNotOfTheType() {
    for (Object raw :
        Arrays.<Object>asList("", "x", "1.5", 1.5, true, "9223372036854775808", "1e30", "--1")) {
      assertThat(Values.one(FieldType.LONG, raw)).as(String.valueOf(raw)).isNull();
    }
    for (Object raw : Arrays.<Object>asList("", "x", " 1", "1f", "0x1p3", "1d", true, ".", "nan")) {
      assertThat(Values.one(FieldType.DOUBLE, raw)).as(String.valueOf(raw)).isNull();
    }
    for (Object raw : Arrays.<Object>asList("", "maybe", 2, 0.5)) {
      assertThat(Values.one(FieldType.BOOLEAN, raw)).as(String.valueOf(raw)).isNull();
    }
    for (Object raw : Arrays.<Object>asList("", "x", Double.NaN, 1e300, Instant.MAX, true)) {
      assertThat(Values.one(FieldType.INSTANT, raw)).as(String.valueOf(raw)).isNull();
    }
    for (Object raw : Arrays.<Object>asList("", "10.0.0", "fe80::1%eth0", 1)) {
      assertThat(Values.one(FieldType.IP, raw)).as(String.valueOf(raw)).isNull();
    }
  }

  @Test
  void convertsEachItemOfAListOrNone() {
    assertThat(Values.convert(Ecs.DNS_ANSWERS_TTL, List.of("1", 2))).isEqualTo(List.of(1L, 2L));
    assertThat(Values.convert(Ecs.DNS_ANSWERS_TTL, List.of("1", "x"))).isNull();
    assertThat(Values.convert(Ecs.SOURCE_PORT, "80")).isEqualTo(80L);
  }
}
