package metron.event.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.PatternSyntaxException;
import metron.event.Event;
import metron.event.json.EventJson;
import metron.event.json.JsonException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryPredicateTest {
  private static final Event EVENT = event();

  private static Event event() {
    try {
      return EventJson.read(
          """
          {"@timestamp": "2026-03-01T08:05:34.853Z", "source.ip": "10.1.2.3",
           "destination.ip": "2001:db8::5", "destination.port": 443, "event.risk_score": 47.5,
           "metron.is_alert": true, "user.name": "Alice", "tags": ["Red", "blue"],
           "dns.question.name": "Login.Evil.example", "related.ip": ["10.1.2.3", "192.0.2.1"],
           "event.original": "Failed password for Alice from 10.1.2.3 port 443 ssh2",
           "x.count": 12, "user.email": null, "file.name": "ÄPFEL.txt"}
          """);
    } catch (JsonException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean matches(String query) throws QuerySyntaxException {
    return QueryPredicate.compile(QueryParser.parse(query)).test(EVENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "user.name:alice",
        "user.name:ALICE",
        "file.name:äpfel.TXT",
        "tags:red AND tags:BLUE",
        "source.ip:10.0.0.0/8",
        "source.ip:10.1.*",
        "related.ip:192.0.2.1",
        "destination.ip:2001:db8::/32",
        "source.ip:[10.1.2.3 TO 10.1.2.3]",
        "source.ip:>9.255.255.255",
        "destination.port:443",
        "destination.port:[443 TO 443]",
        "destination.port:{442 TO 444}",
        "event.risk_score:>47 event.risk_score:<=47.5",
        "metron.is_alert:true",
        "@timestamp:2026-03-01",
        "@timestamp:2026-03-01T08:05:34.853Z",
        "@timestamp:[2026-03-01T08 TO 2026-03-01T08]",
        "dns.question.name:*.evil.*",
        "dns.question.name:login.???l.example",
        "dns.question.name:/login\\..*/",
        "user.name:[alica TO alicf]",
        "user.name:*",
        "NOT user.email:*",
        "NOT host.name:x",
        "failed",
        "\"FAILED Password\"",
        "10.1.2.3",
        "evil.example",
        "äpfel",
        "message:x OR event.original:\"password for\"",
        "passw*",
        "x.count:12",
        "tags:(red OR green)",
        "NOT (user.name:bob OR tags:green)",
      })
  void matchesTheEvent(String query) throws QuerySyntaxException {
    assertThat(matches(query)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NOT *:*",
        "user.name:ali",
        "user.name:/ali/",
        "source.ip:11.0.0.0/8",
        "source.ip:10.1.2.30",
        "destination.port:{443 TO 500]",
        "destination.port:<443",
        "event.risk_score:>47.5",
        "metron.is_alert:false",
        "@timestamp:2026-03-02",
        "user.email:*",
        "host.name:x",
        "ail",
        "\"password failed\"",
        "\"password Alice\"",
        "dns.question.name:*.evil",
        "message:failed",
        "user.name:alice tags:green",
      })
  void doesNotMatchTheEvent(String query) throws QuerySyntaxException {
    assertThat(matches(query)).isFalse();
  }

  @Test
  void givesUpOnAnExplosiveExpressionAndCountsIt() {
    Event event = new Event();
    event.set(metron.event.Ecs.USER_NAME, "a".repeat(40) + "!");
    AtomicInteger over = new AtomicInteger();
    var explosive =
        QueryPredicate.compile(new Query.Regex("user.name", "(.*a){15}b"), over::incrementAndGet);

    long start = System.nanoTime();
    assertThat(explosive.test(event)).isFalse();

    assertThat(over).hasValue(1);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void givesUpOnDeepRecursionOfTheEngine() {
    String text = "ab".repeat(60_000);

    assertThatThrownBy(() -> RegexPattern.of("(a|b)*c").matches(text))
        .isInstanceOf(RegexPattern.OverBudgetException.class);
  }

  @Test
  void refusesWhatRe2Lacks() {
    for (String expression :
        new String[] {"(?=a)", "(?!a)", "(?<=a)", "(?<!a)", "(?>a)", "a*+", "(a)\\1", "\\k<x>"}) {
      assertThatThrownBy(() -> RegexPattern.of(expression))
          .as(expression)
          .isInstanceOf(PatternSyntaxException.class);
    }
    assertThat(RegexPattern.of("(?:a|[]b+*+]|(?i)c|(?<n>d))+?").matches("]")).isTrue();
  }

  @Property(tries = 500)
  void wildcardsAgreeWithRegularExpressions(
      @ForAll @StringLength(max = 8) @CharRange(from = 'a', to = 'c') String text,
      @ForAll @StringLength(max = 6) @CharRange(from = 'a', to = 'd') String letters) {
    String pattern = letters.replace('c', '*').replace('d', '?');
    String regex = pattern.replace("*", ".*").replace("?", ".");

    assertThat(WildcardPattern.of(pattern).matches(text))
        .as("%s on %s", pattern, text)
        .isEqualTo(text.matches(regex));
  }

  @Test
  void comparesTextByCodePoints() {
    assertThat(QueryPredicate.compareText("\uffff", "\ud83d\ude00")).isNegative();
    assertThat(QueryPredicate.compareText("a", "ab")).isNegative();
    assertThat(QueryPredicate.compareText("b", "ab")).isPositive();
  }
}
