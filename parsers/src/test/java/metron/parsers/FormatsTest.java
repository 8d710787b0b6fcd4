package metron.parsers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import metron.config.ConfigException;
import metron.event.Event;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/// What the formats and the mapping do with definitions of a user's own, and what is said of faulty ones.
class FormatsTest {
  @Test
  void expressionsAreChosenByTheRecordType() throws ConfigException {
    String definition =
        """
        name: x
        format:
          - regex:
              select: 'kind=(\\w+)'
              header: '^(?<host.name>\\S+) '
              types:
                login: ['user=(?<user.name>\\w+)', 'from=%{IP:source.ip}']
        types:
          login: {set: {event.action: login}, fields: {user.name: user.name, source.ip: source.ip}}
        fields: {host.name: host.name}
        """;

    Event event = only(definition, "web3 kind=login user=ann from=192.0.2.7");

    assertThat(Samples.text(event, "event.action")).isEqualTo("login");
    assertThat(Samples.text(event, "user.name")).isEqualTo("ann");
    assertThat(Samples.text(event, "source.ip")).isEqualTo("192.0.2.7");
  }

  @Test
  void anExpressionThatExplodesIsGivenUp() throws ConfigException {
    String definition = "name: x\nformat: [{regex: {header: '^(.*a){15}b$'}}]\n";

    assertThat(parse(definition, "a".repeat(60)))
        .isInstanceOfSatisfying(
            ParseResult.Rejected.class, r -> assertThat(r.reason()).contains("budget"));
  }

  @Test
  void theFirstBranchThatHoldsIsTaken() throws ConfigException {
    String definition =
        """
        name: x
        format:
          - choose:
              - {starts: "{", format: [json]}
              - {matches: '^\\d+,', format: [{csv: {columns: [n, who]}}]}
              - format: [keyvalue]
        fields: {who: user.name}
        """;

    assertThat(Samples.text(only(definition, "{\"who\":\"a\"}"), "user.name")).isEqualTo("a");
    assertThat(Samples.text(only(definition, "7,b"), "user.name")).isEqualTo("b");
    assertThat(Samples.text(only(definition, "who=c"), "user.name")).isEqualTo("c");
  }

  @Test
  void quotesAndEscapesOfPairsAreRead() throws ConfigException {
    String plain = "name: x\nformat: [keyvalue]\nfields: {m: message}\n";
    String doubled = "name: x\nformat: [{keyvalue: {escape: doubled}}]\nfields: {m: message}\n";
    String open = "name: x\nformat: [{keyvalue: {open: true}}]\nfields: {m: message}\n";

    assertThat(Samples.text(only(plain, "m=\"a \\\"b\\\" c\" n=1"), "message"))
        .isEqualTo("a \"b\" c");
    assertThat(Samples.text(only(doubled, "m=\"a \"\"b\"\"\" n=1"), "message"))
        .isEqualTo("a \"b\"");
    assertThat(Samples.text(only(open, "m=a b c n=1"), "message")).isEqualTo("a b c");
    assertThat(Samples.text(only(plain, "m=\"never closed n=1"), "message")).isEqualTo("\"never");
  }

  @Test
  void anArrayBecomesAnEventEachWithTheFieldsAroundIt() throws ConfigException {
    String definition =
        """
        name: x
        format: [{json: {events: log.entries, named: {parameters: [name, value, number]}}}]
        fields: {account: cloud.account.id, action: event.action, parameters.user: user.name}
        """;

    List<Event> events =
        parsed(
            definition,
            "{\"account\":\"a1\",\"log\":{\"entries\":[{\"action\":\"x\",\"parameters\":"
                + "[{\"name\":\"user\",\"value\":\"ann\"},{\"name\":\"n\",\"number\":7}]},"
                + "{\"action\":\"y\"}]}}");

    assertThat(events).hasSize(2);
    assertThat(Samples.text(events.get(0), "user.name")).isEqualTo("ann");
    assertThat(Samples.text(events.get(0), "x.parameters.n")).isEqualTo("7");
    assertThat(Samples.text(events.get(1), "event.action")).isEqualTo("y");
    assertThat(Samples.text(events.get(1), "user.name")).isNull();
  }

  @Test
  void aTextInsideJsonIsReadByTheNextFormat() throws ConfigException {
    String definition =
        "name: x\nformat: [{json: {rest: log}}, keyvalue]\nfields: {log: [], who: user.name}\n";

    assertThat(Samples.text(only(definition, "{\"log\":\"who=\\\"a b\\\"\"}"), "user.name"))
        .isEqualTo("a b");
  }

  @Test
  void linesAreGatheredToRecords() throws ConfigException, IOException {
    Sensor sensor =
        load(
            "name: x\nframing: multiline\nrecord-start: '^\\d\\d:'\n"
                + "format: [{dissect: {patterns: ['{t}: {message}']}}]\nfields: {t: [], message: message}\n");
    RecordReader reader =
        sensor
            .framing()
            .open(
                new ByteArrayInputStream("10: a\n  b\n11: c\n".getBytes(StandardCharsets.UTF_8)),
                Map.of());
    List<String> records = new ArrayList<>();
    for (RawRecord r = reader.next(); r != null; r = reader.next()) {
      records.add(r.line() + " " + new String(r.bytes(), StandardCharsets.UTF_8));
    }

    assertThat(records).containsExactly("1 10: a\n  b", "3 11: c");
  }

  @Test
  void anExternalEntityIsNeverRead() throws ConfigException {
    assertThat(
            parse(
                "name: x\nformat: [xml]\n",
                "<!DOCTYPE a [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><a>&f;</a>"))
        .isInstanceOf(ParseResult.Rejected.class);
    assertThat(Samples.text(only("name: x\nformat: [xml]\n", "<a><b>&f;&lt;&#65;</b></a>"), "x.b"))
        .isEqualTo("&f;<A");
  }

  @Test
  void rulesSeeAllFieldsOfARecord() throws ConfigException {
    String definition =
        """
        name: x
        format: [json]
        own: {x.args: text, x.day: text, x.clock: text, x.stamp: text}
        fields: {act: event.action, port: destination.port, exe: process.executable, args: x.args, day: x.day, clock: x.clock}
        rules:
          - compose: {process.command_line: "{process.executable} {x.args}", x.stamp: "{x.day} {x.clock}"}
          - copy: {x.stamp: "@timestamp"}
          - if: {event.action: [deny, "drop*"], destination.port: "1..1023", user.name: absent}
            set: {event.type: [denied]}
        """;

    Event event =
        only(
            definition,
            "{\"act\":\"dropped\",\"port\":22,\"exe\":\"ls\",\"args\":\"-l\",\"day\":\"2026-01-02\",\"clock\":\"03:04:05\"}");

    assertThat(Samples.text(event, "process.command_line")).isEqualTo("ls -l");
    assertThat(Samples.text(event, "@timestamp")).isEqualTo("2026-01-02T03:04:05Z");
    assertThat(Samples.text(event, "event.type")).isEqualTo("[denied]");
    assertThat(Samples.get(only(definition, "{\"act\":\"deny\",\"port\":8080}"), "event.type"))
        .isNull();
  }

  @Test
  void formsOfTimeAreRead() throws ConfigException {
    Map<String, String> forms =
        Map.of(
            "2026/02/14 07:31:02", "2026-02-14T07:31:02Z",
            "Sat Feb 14 07:31:02.5 2026", "2026-02-14T07:31:02.500Z",
            "14-Feb-2026 07:31:02.123", "2026-02-14T07:31:02.123Z",
            "Sat, 14 Feb 2026 07:31:02 GMT", "2026-02-14T07:31:02Z",
            "2/14/2026 7:31:02 PM", "2026-02-14T19:31:02Z",
            "20260214T073102Z", "2026-02-14T07:31:02Z",
            "2026-02-14 07:31:02 CEST", "2026-02-14T05:31:02Z",
            "1771050662123456789", "2026-02-14T06:31:02.123456789Z");
    for (Map.Entry<String, String> form : forms.entrySet()) {
      Event event =
          only(
              "name: x\nformat: [json]\nfields: {t: \"@timestamp\"}\n",
              "{\"t\":\"" + form.getKey() + "\"}");
      assertThat(Samples.text(event, "@timestamp")).as(form.getKey()).isEqualTo(form.getValue());
    }
    assertThat(
            parse(
                "name: x\nformat: [json]\nfields: {t: \"@timestamp\"}\n",
                "{\"t\":\"2/30/2026 7:31:02\"}"))
        .isInstanceOf(ParseResult.Rejected.class);
  }

  @Test
  void faultyDefinitionsAreAnsweredWithWhereAndWhat() {
    assertFault("format: [{keyvalue: {assign: ab}}]", "assign is \"ab\", expected one ASCII");
    assertFault("format: [{dissect: {patterns: ['a {b']}}]", "'{' without '}'");
    assertFault("format: [{dissect: {by: process.name, patterns: ['{a}']}}]", "go together");
    assertFault("format: [{json: {named: {a: [name]}}}]", "expected [name, value]");
    assertFault("format: [{csv: {columns: [a], type: b}}]", "expected one of the columns");
    assertFault("format: [json]\nrules: [{if: {no.such: x}}]", "no.such");
    assertFault("format: [json]\nrules: [{copy: {user.name: event.severity}}]", "of one type");
    assertFault("format: [json]\nfields: {a: {to: user.name, split: ab}}", "split is \"ab\"");
    assertFault("format: [json]\nfields: {a: {to: user.name, add: true}}", "a field that repeats");
    assertFault("framing: multiline\nrecord-start: '('\nformat: [json]", "record-start");
    assertFault("format: [{choose: [{field: user.name, format: [json]}]}]", "go together");
  }

  @Property(tries = 300)
  void anyBytesAreReadByEveryDialect(@ForAll @Size(max = 200) byte[] bytes) throws ConfigException {
    for (Parser parser : DIALECTS) {
      if (parser.parse(Samples.raw("x", bytes, Map.of()))
          instanceof ParseResult.Rejected(String reason, int _)) {
        assertThat(reason).doesNotStartWith("fault");
      }
    }
  }

  private static final List<Parser> DIALECTS =
      List.of(
              "{keyvalue: {separator: ';', assign: ':', quotes: \"\\\"'\", escape: doubled}}",
              "{keyvalue: {open: true, nested: [a], escape: none}}",
              "{keyvalue: {separator: tab}}",
              "{keyvalue: {assign: ':', quotes: ''}}",
              "{regex: {select: '(\\w)', types: {a: 'b(?<c>.*)'}, otherwise: keep}}",
              "{dissect: {patterns: ['{a:list} {b:quoted} {c:stamp}[ {d}]', '{a}={b}'], otherwise: keep}}",
              "{json: {events: a.b, named: {a: [b, c]}, rest: d}}",
              "{csv: {columns: [a, b], type: b, layouts: {x: [a, b, c]}, types: {a: long}}}",
              "{w3c: {fields: ['date time a', 'a b']}}",
              "{xml: {named: {D: N}, type: T}}",
              "leef")
          .stream()
          .map(
              format -> {
                try {
                  return load("name: x\nformat: ["
                          + format
                          + "]\nfields: {a: {split: ',', layout: ['{b}:{c}']}, b: {to: source.ip, as: endpoint}}\n")
                      .newParser();
                } catch (ConfigException e) {
                  throw new IllegalStateException(e);
                }
              })
          .toList();

  private static void assertFault(String definition, String said) {
    assertThatThrownBy(() -> load("name: x\n" + definition + "\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(said)
        .hasMessageContaining("sensors/x.yaml:");
  }

  private static Sensor load(String definition) throws ConfigException {
    return Sensors.load(Map.of("sensors/x.yaml", definition)).all().getFirst();
  }

  private static ParseResult parse(String definition, String line) throws ConfigException {
    return load(definition)
        .newParser()
        .parse(Samples.raw("x", line.getBytes(StandardCharsets.UTF_8), Map.of()));
  }

  private static List<Event> parsed(String definition, String line) throws ConfigException {
    ParseResult result = parse(definition, line);
    assertThat(result).isInstanceOf(ParseResult.Parsed.class);
    return ((ParseResult.Parsed) result).events();
  }

  private static Event only(String definition, String line) throws ConfigException {
    List<Event> events = parsed(definition, line);
    assertThat(events).hasSize(1);
    return events.getFirst();
  }
}
