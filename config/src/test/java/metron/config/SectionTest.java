package metron.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SectionTest {
  enum Framing {
    NEW_LINE,
    OCTET_COUNTED
  }

  private final Faults faults = new Faults();

  private Section read(String yaml) {
    return ConfigNode.parse("conf/a.yaml", yaml, faults).section(faults);
  }

  private List<String> messages() {
    return faults.list().stream().map(Fault::toString).toList();
  }

  @Test
  void readsEveryKindOfValue() {
    Section s =
        read(
            """
            name: asa
            port: 5_514
            ratio: 0.25
            on: yes
            timeout: 1h30m
            iso: PT5S
            max: 64MiB
            framing: octet-counted
            columns: [a, b]
            one: x
            syslog:
              zone: Europe/Berlin
            rules:
              - name: r1
              - name: r2
            rename:
              src: source.ip
              dst: destination.ip
            """);

    assertThat(s.string("name")).isEqualTo("asa");
    assertThat(s.integer("port", 1, 65535, 514)).isEqualTo(5514);
    assertThat(s.number("ratio", 0, 1)).isEqualTo(0.25);
    assertThat(s.bool("on", false)).isTrue();
    assertThat(s.duration("timeout")).isEqualTo(Duration.ofMinutes(90));
    assertThat(s.duration("iso")).isEqualTo(Duration.ofSeconds(5));
    assertThat(s.size("max", 1)).isEqualTo(64L << 20);
    assertThat(s.oneOf("framing", Framing.class)).isEqualTo(Framing.OCTET_COUNTED);
    assertThat(s.strings("columns")).containsExactly("a", "b");
    assertThat(s.strings("one")).containsExactly("x");
    assertThat(s.child("syslog").orElseThrow().string("zone")).isEqualTo("Europe/Berlin");
    assertThat(s.children("rules")).extracting(r -> r.string("name")).containsExactly("r1", "r2");
    assertThat(s.texts("rename"))
        .containsExactly(Map.entry("src", "source.ip"), Map.entry("dst", "destination.ip"));
    s.finish();
    assertThat(faults.list()).isEmpty();
  }

  @Test
  void givesDefaultsForAbsentKeysAndForKeysWithoutAValue() {
    Section s = read("zone:\nport: ~\n");

    assertThat(s.string("zone", "UTC")).isEqualTo("UTC");
    assertThat(s.integer("port", 1, 65535, 514)).isEqualTo(514);
    assertThat(s.duration("timeout", Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(5));
    assertThat(s.child("syslog")).isEmpty();
    assertThat(s.childOrEmpty("syslog").bool("tls", true)).isTrue();
    assertThat(s.has("zone")).isFalse();
    assertThat(faults.list()).isEmpty();
  }

  @Test
  void saysWhereWhatWasFoundAndWhatWasExpected() {
    Section s =
        read(
            """
            batchTimeout: "-5s"
            port: 70000
            framing: octet-count
            on: perhaps
            max: many
            columns: {a: b}
            syslog: text
            rules: [1]
            """);
    s.duration("batchTimeout");
    s.integer("port", 1, 65535);
    s.oneOf("framing", Framing.class);
    s.bool("on");
    s.size("max");
    s.strings("columns");
    s.child("syslog");
    s.children("rules");
    s.string("name");

    assertThat(messages())
        .containsExactly(
            "conf/a.yaml:1: batchTimeout is \"-5s\", expected a positive duration such as \"5s\"",
            "conf/a.yaml:2: port is \"70000\", expected an integer from 1 to 65535",
            "conf/a.yaml:3: framing is \"octet-count\", expected one of new-line, octet-counted."
                + " Did you mean 'octet-counted'?",
            "conf/a.yaml:4: on is \"perhaps\", expected true or false",
            "conf/a.yaml:5: max is \"many\", expected a size such as \"64MiB\"",
            "conf/a.yaml:6: columns is keys with values, expected a list of text",
            "conf/a.yaml:7: syslog is \"text\", expected keys with values",
            "conf/a.yaml:8: item of rules is \"1\", expected keys with values",
            "conf/a.yaml:1: key 'name' is missing, expected text");
  }

  @Test
  void suggestsTheKeyThatWasMeant() {
    Section s = read("name: asa\ndeviceTimezone: UTC\n");
    s.string("name");
    s.string("deviceTimeZone", "UTC");
    s.finish();

    assertThat(messages())
        .containsExactly(
            "conf/a.yaml:2: unknown key 'deviceTimezone'. Did you mean 'deviceTimeZone'?");
  }

  @Test
  void listsTheKnownKeysWhereNoneIsNear() {
    Section s = read("colour: red\n");
    s.string("name", "");
    s.string("zone", "");
    s.finish();

    assertThat(messages())
        .containsExactly("conf/a.yaml:1: unknown key 'colour', expected one of name, zone");
  }

  @Test
  void throwsAllFaultsTogether() {
    Section s = read("port: x\nlevel: y\n");
    s.integer("port", 1, 2);
    s.integer("level", 1, 2);

    assertThatThrownBy(faults::throwIfAny)
        .isInstanceOfSatisfying(ConfigException.class, e -> assertThat(e.faults()).hasSize(2))
        .hasMessage(
            "conf/a.yaml:1: port is \"x\", expected an integer from 1 to 2\n"
                + "conf/a.yaml:2: level is \"y\", expected an integer from 1 to 2");
  }

  @Test
  void refusesDurationsAndSizesOutOfReason() {
    for (String text : List.of("0s", "5", "5x", "5s 3", "999999999999w999999999999w1w", "PT-5S")) {
      read("t: '" + text + "'").duration("t");
    }
    for (String text : List.of("0", "9000000TiB", "-1", "1.5KB")) {
      read("t: '" + text + "'").size("t");
    }
    assertThat(faults.list()).hasSize(10);
  }

  @Test
  void typesPlainValuesForThoseWhoWantThem() {
    Section s = read("m: {a: 1, b: 1.5, c: true, d: '1', e: text, f: ~, g: [1, x]}");

    Object value = s.node("m").orElseThrow().value();

    assertThat(value).hasToString("{a=1, b=1.5, c=true, d=1, e=text, f=null, g=[1, x]}");
    assertThat(((Map<?, ?>) value).get("a")).isEqualTo(1L);
    assertThat(((Map<?, ?>) value).get("d")).isEqualTo("1");
  }
}
