package metron.event.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import metron.event.Cidr;
import metron.event.IpAddress;
import metron.event.query.Query.All;
import metron.event.query.Query.And;
import metron.event.query.Query.Exists;
import metron.event.query.Query.InNetwork;
import metron.event.query.Query.Is;
import metron.event.query.Query.Not;
import metron.event.query.Query.Or;
import metron.event.query.Query.Range;
import metron.event.query.Query.Regex;
import metron.event.query.Query.Wildcard;
import metron.event.query.Query.Words;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryParserTest {
  private static final InstantSource NOW =
      InstantSource.fixed(Instant.parse("2026-03-04T10:20:30Z"));

  private static Query parse(String text) {
    try {
      return QueryParser.parse(text, NOW);
    } catch (QuerySyntaxException e) {
      throw new AssertionError(text + ": " + e.getMessage(), e);
    }
  }

  private static final Is ALICE = new Is("user.name", "alice");
  private static final Is FAILURE = new Is("event.outcome", "failure");
  private static final Is PORT = new Is("destination.port", 443L);

  @Test
  void takesBlankAsEverything() {
    assertThat(parse("")).isEqualTo(new All());
    assertThat(parse("  \n")).isEqualTo(new All());
    assertThat(parse("*")).isEqualTo(new All());
    assertThat(parse("*:*")).isEqualTo(new All());
  }

  @Test
  void bindsNotBeforeAndBeforeOr() {
    assertThat(parse("user.name:alice event.outcome:failure OR NOT destination.port:443"))
        .isEqualTo(new Or(List.of(new And(List.of(ALICE, FAILURE)), new Not(PORT))));
    assertThat(parse("user.name:alice && (event.outcome:failure || destination.port:443)"))
        .isEqualTo(new And(List.of(ALICE, new Or(List.of(FAILURE, PORT)))));
    assertThat(parse("+user.name:alice -event.outcome:failure !destination.port:443"))
        .isEqualTo(new And(List.of(ALICE, new Not(FAILURE), new Not(PORT))));
    assertThat(parse("user.name:alice AND NOT event.outcome:failure"))
        .isEqualTo(new And(List.of(ALICE, new Not(FAILURE))));
    assertThat(parse("(user.name:alice)")).isEqualTo(ALICE);
  }

  @Test
  void givesValuesTheTypeOfTheirField() {
    assertThat(parse("source.ip:10.0.0.1"))
        .isEqualTo(new Is("source.ip", IpAddress.v4(0x0a000001)));
    assertThat(parse("source.ip:2001:db8::1"))
        .isEqualTo(new Is("source.ip", IpAddress.parse("2001:db8::1").orElseThrow()));
    assertThat(parse("source.ip:10.0.0.0/8"))
        .isEqualTo(new InNetwork("source.ip", Cidr.parse("10.0.0.0/8").orElseThrow()));
    assertThat(parse("source.ip:10.1.*"))
        .isEqualTo(new InNetwork("source.ip", Cidr.parse("10.1.0.0/16").orElseThrow()));
    assertThat(parse("event.risk_score:47")).isEqualTo(new Is("event.risk_score", 47.0));
    assertThat(parse("metron.is_alert:true")).isEqualTo(new Is("metron.is_alert", true));
    assertThat(parse("event.severity:-1")).isEqualTo(new Is("event.severity", -1L));
    assertThat(parse("x.custom:5")).isEqualTo(new Is("x.custom", "5"));
    assertThat(parse("ip_src_addr:10.0.0.1")).isEqualTo(parse("source.ip:10.0.0.1"));
    assertThat(parse("source:type:bro")).isEqualTo(new Is("metron.sensor", "bro"));
  }

  @Test
  void readsPatternsRegexesAndExistence() {
    assertThat(parse("dns.question.name:*.zip"))
        .isEqualTo(new Wildcard("dns.question.name", "*.zip"));
    assertThat(parse("dns.question.name:a\\ b?"))
        .isEqualTo(new Wildcard("dns.question.name", "a b?"));
    assertThat(parse("file.name:a\\*b")).isEqualTo(new Is("file.name", "a*b"));
    assertThat(parse("user.name:/adm.*n/ AND a"))
        .isEqualTo(new And(List.of(new Regex("user.name", "adm.*n"), new Words("a", false))));
    assertThat(parse("url.path:/a\\/b/")).isEqualTo(new Regex("url.path", "a/b"));
    assertThat(parse("process.executable:/usr/bin/ssh"))
        .isEqualTo(new Is("process.executable", "/usr/bin/ssh"));
    assertThat(parse("user.name:*")).isEqualTo(new Exists("user.name"));
    assertThat(parse("_exists_:user.name")).isEqualTo(new Exists("user.name"));
  }

  @Test
  void readsRanges() {
    assertThat(parse("destination.port:[1 TO 1023}"))
        .isEqualTo(new Range("destination.port", 1L, true, 1023L, false));
    assertThat(parse("destination.port:{1 TO *]"))
        .isEqualTo(new Range("destination.port", 1L, false, null, false));
    assertThat(parse("destination.port:>=1024"))
        .isEqualTo(new Range("destination.port", 1024L, true, null, false));
    assertThat(parse("destination.port>1024"))
        .isEqualTo(new Range("destination.port", 1024L, false, null, false));
    assertThat(parse("source.ip:[10.0.0.1 TO 10.0.0.9]"))
        .isEqualTo(
            new Range("source.ip", IpAddress.v4(0x0a000001), true, IpAddress.v4(0x0a000009), true));
    assertThat(parse("event.severity:[-5 TO -1]"))
        .isEqualTo(new Range("event.severity", -5L, true, -1L, true));
    assertThat(parse("user.name:[a TO \"m n\"]"))
        .isEqualTo(new Range("user.name", "a", true, "m n", true));
    assertThat(parse("user.name:[* TO *]")).isEqualTo(new Exists("user.name"));
  }

  @ParameterizedTest
  @CsvSource({
    "now, 2026-03-04T10:20:30Z",
    "now-1h, 2026-03-04T09:20:30Z",
    "now+2d, 2026-03-06T10:20:30Z",
    "now-1M, 2026-02-04T10:20:30Z",
    "now/d, 2026-03-04T00:00:00Z",
    "now-1d/w, 2026-03-02T00:00:00Z",
    "2026-03-01T08:05:34.853Z, 2026-03-01T08:05:34.853Z",
    "2026-03-01T08:05:34+02:00, 2026-03-01T06:05:34Z",
    "1507565438123, 2017-10-09T16:10:38.123Z",
  })
  void readsMoments(String text, String expected) {
    assertThat(parse("@timestamp:" + text))
        .isEqualTo(new Is("@timestamp", Instant.parse(expected)));
    assertThat(QueryParser.parseMoment(text, NOW)).contains(Instant.parse(expected));
  }

  @Test
  void takesADateAsTheWholeOfIt() {
    Instant first = Instant.parse("2026-03-01T00:00:00Z");
    Instant second = Instant.parse("2026-03-02T00:00:00Z");

    assertThat(parse("@timestamp:2026-03-01"))
        .isEqualTo(new Range("@timestamp", first, true, second, false));
    assertThat(parse("@timestamp:>2026-03-01"))
        .isEqualTo(new Range("@timestamp", second, true, null, false));
    assertThat(parse("@timestamp:>=2026-03-01"))
        .isEqualTo(new Range("@timestamp", first, true, null, false));
    assertThat(parse("@timestamp:<2026-03-01"))
        .isEqualTo(new Range("@timestamp", null, false, first, false));
    assertThat(parse("@timestamp:[2026-03-01 TO 2026-03-01]"))
        .isEqualTo(new Range("@timestamp", first, true, second, false));
    assertThat(parse("@timestamp:2026-03"))
        .isEqualTo(
            new Range("@timestamp", first, true, Instant.parse("2026-04-01T00:00:00Z"), false));
    assertThat(parse("@timestamp:2026-03-01T08:05"))
        .isEqualTo(
            new Range(
                "@timestamp",
                Instant.parse("2026-03-01T08:05:00Z"),
                true,
                Instant.parse("2026-03-01T08:06:00Z"),
                false));
  }

  @Test
  void readsFreeText() {
    assertThat(parse("beacon")).isEqualTo(new Words("beacon", false));
    assertThat(parse("evil.example")).isEqualTo(new Words("evil.example", true));
    assertThat(parse("http://evil.example/a:b"))
        .isEqualTo(new Words("http://evil.example/a:b", true));
    assertThat(parse("\"failed \\\"password\\\"\""))
        .isEqualTo(new Words("failed \"password\"", true));
    assertThat(parse("12:30")).isEqualTo(new Words("12:30", true));
    assertThat(parse("evil*")).isEqualTo(new Wildcard("event.original", "*evil*"));
    assertThat(parse("and or not"))
        .isEqualTo(
            new And(
                List.of(new Words("and", false), new Words("or", false), new Words("not", false))));
  }

  @Test
  void looksInsideLongTexts() {
    assertThat(parse("message:\"failed password\""))
        .isEqualTo(
            new And(
                List.of(
                    new Words("failed password", true),
                    new Wildcard("message", "*failed password*"))));
    assertThat(parse("message:=\"failed password\""))
        .isEqualTo(new Is("message", "failed password"));
  }

  @Test
  void givesAFieldSeveralValues() {
    assertThat(parse("destination.port:(443 OR [8000 TO 8100] OR NOT -1)"))
        .isEqualTo(
            new Or(
                List.of(
                    PORT,
                    new Range("destination.port", 8000L, true, 8100L, true),
                    new Not(new Is("destination.port", -1L)))));
    assertThat(parse("user.name:(alice -bob)"))
        .isEqualTo(new And(List.of(ALICE, new Not(new Is("user.name", "bob")))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "sorce.ip:10.0.0.1|1|8|source.ip|unknown field 'sorce.ip'. Did you mean 'source.ip'?",
        "a AND srcip:1|7|5|source.ip|unknown field 'srcip'. Did you mean 'source.ip'?",
        "host:web|1|4|host.name|unknown field 'host'. Did you mean 'host.name'?",
        "dns:x|1|3|dns.question.name|unknown field 'dns'. Did you mean 'dns.question.name'?",
        "source:10.0.0.1|1|6|source.ip|unknown field 'source'. Did you mean 'source.ip'?",
        "severity:>3|1|8|event.severity|unknown field 'severity'. Did you mean 'event.severity'?",
        "user:root|1|4|user.name|unknown field 'user'. Did you mean 'user.name'?",
        "source.country_iso_code:SE|1|23|source.geo.country_iso_code|unknown field"
            + " 'source.country_iso_code'. Did you mean 'source.geo.country_iso_code'?",
        "_exists_:hots.name|10|9|host.name|unknown field 'hots.name'. Did you mean 'host.name'?",
        "destination.port:https|18|5||destination.port holds integers, found 'https'",
        "destination.port:4*|18|2||destination.port holds integers, which no wildcard matches",
        "source.ip:10.0.0.0/33|11|11||source.ip is '10.0.0.0/33', expected a network such as 10.0.0.0/8",
        "source.ip:/1.*/|11|5||source.ip holds addresses, which no regular expression matches",
        "@timestamp:yesterday|12|9||@timestamp holds moments, found 'yesterday'",
        "metron.is_alert:>true|18|4||metron.is_alert is true or false, which has no order",
        "user.name:|11|0||found the end, expected text or a \"phrase\" or text with * or /expression/ or *",
        "a AND|6|0||found the end, expected a word or a \"phrase\" or a field or '('",
        "OR a|1|2||found 'OR', expected a word or a \"phrase\" or a field or '('",
        "(a|1|1||the '(' in column 1 is not closed",
        "a) b|2|1||found ')', expected AND or OR or NOT or the end",
        "a ()|4|1||found ')', expected a word or a \"phrase\" or a field or '('",
        "\"a|1|1||the quote in column 1 is not closed",
        "destination.port:[1 9]|21|1||found '9', expected TO",
        "destination.port:[1 TO 9|18|1||the '[' in column 18 is not closed",
        "user.name:/a(b/|15|0||not a regular expression: Unclosed group",
        "user.name:/(?=a)/|12|5||not a regular expression: look-around is not taken",
        "user.name:/(a)\\1/|15|2||not a regular expression: back references are not taken",
        "source.*:x|1|8||a field name can't have wildcards",
        "%%%|1|3||found '%%%', which has no letters or digits to look for",
      })
  void saysWhereAndWhatWasExpected(
      String text, int column, int length, String suggestion, String message) {
    assertThatThrownBy(() -> QueryParser.parse(text, NOW))
        .isInstanceOfSatisfying(
            QuerySyntaxException.class,
            e -> {
              assertThat(e.getMessage()).isEqualTo(message);
              assertThat(e.column()).as("column").isEqualTo(column);
              assertThat(e.length()).as("length").isEqualTo(length);
              assertThat(e.suggestion()).isEqualTo(suggestion);
            });
  }

  @Test
  void suggestsOnlyFieldsThatExist() {
    for (String typed : FieldNames.common()) {
      assertThat(FieldNames.meant(typed)).as(typed).isPresent();
      assertThat(metron.event.FieldCatalogue.get().field(FieldNames.meant(typed).get()).isExt())
          .as(typed)
          .isFalse();
    }
  }

  @Test
  void takesANameThatIsNearAnotherIfMeant() {
    assertThat(parse("\\sorce.ip:x")).isEqualTo(new Is("sorce.ip", "x"));
  }

  @Test
  void boundsDepthLengthAndParts() {
    assertThatThrownBy(() -> QueryParser.parse("(".repeat(10_000)))
        .hasMessage("nested deeper than 50 levels");
    assertThatThrownBy(() -> QueryParser.parse("NOT ".repeat(4_000) + "a"))
        .hasMessage("nested deeper than 50 levels");
    assertThatThrownBy(() -> QueryParser.parse("-".repeat(10_000) + "a"))
        .hasMessage("nested deeper than 50 levels");
    assertThatThrownBy(() -> QueryParser.parse("a ".repeat(3_000)))
        .hasMessage("the query has more than 2000 parts");
    assertThatThrownBy(() -> QueryParser.parse("a".repeat(30_000)))
        .hasMessage("the query has 30000 characters, expected at most 20000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b OR NOT (c d)",
        "user.name:alice AND dns.question.name:*.zip",
        "message:\"failed password\" AND message:=x",
        "source.ip:10.0.0.0/8 source.ip:2001:db8::/32",
        "@timestamp:[now-1h TO now} @timestamp:2026-03-01",
        "event.risk_score:>47.5 destination.port:(1 OR 2 OR 3)",
        "x.y:\"a\\\"b\\\\\" AND \\sorce.ip:x",
        "user.name:/a\\/b\\d+/ url.path:\\/a*",
        "user.name:[a TO m} user.name:<=\"x y\"",
        "_exists_:user.name *:* NOT *:*",
      })
  void isPrintedSoThatItIsReadAgain(String text) {
    Query query = parse(text);

    assertThat(parse(QueryText.of(query))).as(QueryText.of(query)).isEqualTo(query);
  }

  @Property(tries = 500)
  void isPrintedSoThatItIsReadAgainWhateverTheTree(@ForAll("queries") Query query) {
    assertThat(parse(QueryText.of(query))).as(QueryText.of(query)).isEqualTo(query);
  }

  @Provide
  Arbitrary<Query> queries() {
    return tree(3);
  }

  private Arbitrary<Query> tree(int depth) {
    Arbitrary<Query> leaf = leaves();
    if (depth == 0) {
      return leaf;
    }
    Arbitrary<Query> below = tree(depth - 1);
    return Arbitraries.oneOf(
        leaf,
        below.list().ofMinSize(2).ofMaxSize(3).map(And::new),
        below.list().ofMinSize(2).ofMaxSize(3).map(Or::new),
        below.map(Not::new));
  }

  private Arbitrary<Query> leaves() {
    Arbitrary<String> names =
        Arbitraries.of("user.name", "message", "x.custom", "odd name:(", "-a", "sorce.ip");
    Arbitrary<String> texts = Arbitraries.strings().ofMaxLength(8);
    Arbitrary<String> letters = Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(6);
    return Arbitraries.oneOf(
        Arbitraries.just(new All()),
        names.flatMap(n -> texts.map(t -> (Query) new Is(n, t))),
        names.flatMap(
            n -> texts.map(t -> (Query) new Wildcard(n, QueryParser.escapePattern(t) + "*x"))),
        names.flatMap(n -> letters.map(t -> (Query) new Regex(n, t + ".*[/a]"))),
        names.flatMap(
            n -> texts.flatMap(a -> texts.map(b -> (Query) new Range(n, a, true, b, false)))),
        names.flatMap(n -> texts.map(a -> (Query) new Range(n, a, false, null, false))),
        names.map(Exists::new),
        letters.map(t -> new Words(t, false)),
        texts.map(t -> new Words("a" + t, true)),
        Arbitraries.longs().map(l -> new Is("source.port", l)),
        Arbitraries.doubles().map(d -> new Is("event.risk_score", d)),
        Arbitraries.of(true, false).map(b -> new Is("metron.is_alert", b)),
        metron.event.Events.value(metron.event.FieldType.IP).map(ip -> new Is("source.ip", ip)),
        Arbitraries.longs()
            .between(-9_000_000_000_000_000_000L, 9_000_000_000_000_000_000L)
            .map(n -> new Is("@timestamp", metron.event.Values.instant(n))),
        Arbitraries.integers()
            .between(0, 128)
            .flatMap(
                n ->
                    Arbitraries.longs()
                        .map(h -> new InNetwork("source.ip", new Cidr(new IpAddress(h, h), n)))));
  }

  @Property(tries = 500)
  void readsOrRefusesAnyText(@ForAll String text) {
    readOrRefuse(text);
  }

  @Property(tries = 500)
  void readsOrRefusesNearlyAQuery(@ForAll("nearly") String text) {
    readOrRefuse(text);
  }

  @Provide
  Arbitrary<String> nearly() {
    return Arbitraries.of(
            "source.ip",
            "user.name",
            "@timestamp",
            "message",
            ":",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            " TO ",
            " AND ",
            " OR ",
            "NOT ",
            "\"",
            "/",
            "\\",
            "*",
            "?",
            "-",
            "+",
            "!",
            ">",
            "<",
            "=",
            "10.0.0.0",
            "/8",
            "now",
            "-1h",
            "2026-03-01",
            "T08",
            "a",
            " ",
            "&&",
            "||",
            "::",
            "(?=")
        .list()
        .ofMaxSize(14)
        .map(parts -> String.join("", parts));
  }

  private static void readOrRefuse(String text) {
    try {
      Query query = QueryParser.parse(text, NOW);
      assertThat(QueryPredicate.compile(query).test(new metron.event.Event())).isIn(true, false);
      assertThat(parse(QueryText.of(query))).as(QueryText.of(query)).isEqualTo(query);
    } catch (QuerySyntaxException e) {
      assertThat(e.column()).isBetween(1, text.length() + 1);
      assertThat(e.column() - 1 + e.length()).isLessThanOrEqualTo(text.length());
      assertThat(e.getMessage()).isNotBlank();
    }
  }
}
