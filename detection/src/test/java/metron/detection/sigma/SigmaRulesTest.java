package metron.detection.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import metron.config.Fault;
import metron.config.Faults;
import metron.stellar.program.Variables;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SigmaRulesTest {
  private final Faults faults = new Faults();

  private List<SigmaRule> read(String text) {
    return new SigmaReader(Map.of("admins", List.of("root", "adm*")), faults).read("r.yml", text);
  }

  private SigmaRule rule(String detection) {
    List<SigmaRule> rules =
        read("title: t\nlogsource: {product: p}\ndetection:\n" + detection.indent(2));
    assertThat(faults.list()).isEmpty();
    return rules.getFirst();
  }

  private boolean matches(String detection, Map<String, Object> event) {
    return !session(List.of(rule(detection))).matching(event).isEmpty();
  }

  private static SigmaEngine.Session<Map<String, ?>> session(List<SigmaRule> rules) {
    return new SigmaEngine<Map<String, ?>>(
            rules,
            new SourceMap(List.of(), Map.of(), true),
            Variables.ofMap(Variables.Missing.NULL))
        .session();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      value = {
        "a: Abc; abc; abd",
        "a|cased: Abc; Abc; abc",
        "a: 4688; 4688; 46880",
        "a: 'x*z'; xyyZ; xzy",
        "a: 'x?z'; xyz; xyyz",
        "a: 'x\\*z'; x*z; xyz",
        "a: 'C:\\dir\\*'; c:\\dir*; c:\\dir\\x",
        "a: 'C:\\dir\\\\*'; c:\\dir\\x; c:\\dirx",
        "a: '*'; anything; -",
        "a|contains: 'mid'; a mid b; a md b",
        "a|contains: ['one', 'two']; xtwo; x",
        "a|contains|all: ['one', 'two']; twoone; two",
        "a|startswith: '\\\\srv'; \\srv\\x; x\\srv",
        "a|endswith: '\\cmd.exe'; C:\\CMD.EXE; cmd.exe.txt",
        "a|endswith: 'a*b'; xxaxxb; ab c",
        "a|re: '^a+b'; aaab; baab",
        "a|re|i: '^a+b'; AAAB; baab",
        "a|cidr: '10.0.0.0/8'; 10.255.0.1; 11.0.0.1",
        "a|cidr: 'fe80::/16'; fe80::1; fe81::1",
        "a|base64: 'foobar'; Zm9vYmFy; Zm9vYmFz",
        "a|base64offset|contains: 'http://'; xxaHR0cDovLw; xxaHR0cDov",
        "a|base64offset|contains: 'foo'; xZmb2; nothing",
        "a|wide|base64offset|contains: 'Ne'; TgBlA; zzzz",
        "a|windash|contains: ' -enc'; x /enc y; x enc y",
        "a|windash|contains: ' -enc'; x –enc y; x enc y",
        "a|expand: '%admins%'; ADMIN; other",
        "a|gt: 5; 6; 5",
        "a|gte: 5; 5; 4",
        "a|lt: 5; 4.5; 5",
        "a|lte: 5; 5; x",
        "a|neq: x; y; x",
        "a|exists: true; y; -",
        "a|fieldref: b; other; x",
        "a|fieldref|endswith: b; an other; x",
        "a|hour: 13; 2026-01-31T13:59:00Z; 2026-01-31T14:00:00Z",
        "a|year: 2026; 2026-01-31T13:59:00Z; 2025-01-31T13:59:00Z",
      })
  void everyModifierHasAnEventItMatchesAndOneItDoesNot(String line, String yes, String no) {
    assertThat(matches("s: {" + line + "}\ncondition: s", Map.of("a", yes, "b", "other")))
        .as(yes)
        .isTrue();
    Map<String, Object> other = new HashMap<>(Map.of("b", "other"));
    if (!no.equals("-")) {
      other.put("a", no);
    }
    assertThat(matches("s: {" + line + "}\ncondition: s", other)).as(no).isFalse();
  }

  @Test
  void nullMeansAbsent() {
    assertThat(matches("s: {a: null}\ncondition: s", Map.of("b", "x"))).isTrue();
    assertThat(matches("s: {a: null}\ncondition: s", Map.of("a", "x"))).isFalse();
    assertThat(matches("s: {a: ['x', null]}\ncondition: s", Map.of())).isTrue();
  }

  @Test
  void keywordsAreFoundInEveryValue() {
    String rule = "keywords: [failed password, 'root*shell']\ncondition: keywords";
    assertThat(matches(rule, Map.of("x", 1, "message", "sshd: Failed Password for a"))).isTrue();
    assertThat(matches(rule, Map.of("x", List.of("a", "got root, a SHELL")))).isTrue();
    assertThat(matches(rule, Map.of("x", "failed a password"))).isFalse();
    String all = "keywords: {'|all': [one, two]}\ncondition: keywords";
    assertThat(matches(all, Map.of("x", "one", "y", "two"))).isTrue();
    assertThat(matches(all, Map.of("x", "one"))).isFalse();
  }

  @Test
  void conditionsAreReadAsTheGrammarSays() {
    String selections =
        """
        sel_a: {a: 1}
        sel_b: {b: 1}
        filter: {c: 1}
        _own: {d: 1}
        condition: %s
        """;
    Map<String, Object> a = Map.of("a", 1);
    Map<String, Object> ab = Map.of("a", 1, "b", 1);
    Map<String, Object> abc = Map.of("a", 1, "b", 1, "c", 1);
    assertThat(matches(selections.formatted("1 of sel_*"), a)).isTrue();
    assertThat(matches(selections.formatted("all of sel_*"), a)).isFalse();
    assertThat(matches(selections.formatted("all of sel_* and not filter"), ab)).isTrue();
    assertThat(matches(selections.formatted("all of sel_* and not filter"), abc)).isFalse();
    assertThat(matches(selections.formatted("all of them"), abc)).isTrue();
    assertThat(matches(selections.formatted("sel_a or sel_b and filter"), a)).isTrue();
    assertThat(matches(selections.formatted("(sel_a or sel_b) and filter"), a)).isFalse();
    assertThat(matches(selections.formatted("not (sel_b or filter)"), a)).isTrue();
    assertThat(matches(selections.formatted("[sel_b and filter, sel_a]"), a)).isTrue();
  }

  @Test
  void listsOfMapsAreAlternativesAndKeysOfAMapAreNot() {
    String rule = "s:\n  - {a: 1, b: 1}\n  - c: 1\ncondition: s";
    assertThat(matches(rule, Map.of("c", 1))).isTrue();
    assertThat(matches(rule, Map.of("a", 1, "b", 1))).isTrue();
    assertThat(matches(rule, Map.of("a", 1))).isFalse();
  }

  @Test
  void whatCannotBeReadIsNamedWithItsLine() {
    read(
        """
        title: one
        detection:
          s: {a|contians: x}
          condition: s
        ---
        title: two
        detection:
          s: {a: x}
          condition: s and tt
        ---
        title: three
        detection:
          s: {a|re: '('}
          t: {a|cidr: 10.0.0.0/99}
          u: {a|wide: x}
          v: {a|gt: many}
          condition: s | count() > 3
        ---
        title: four
        detection: {s: {a: x}}
        """);
    assertThat(faults.list())
        .extracting(Fault::toString)
        .anySatisfy(f -> assertThat(f).startsWith("r.yml:3:").contains("contians", "contains"))
        .anySatisfy(f -> assertThat(f).startsWith("r.yml:9:").contains("'tt'", "there are s"))
        .anySatisfy(f -> assertThat(f).startsWith("r.yml:13:").contains("regular expression"))
        .anySatisfy(f -> assertThat(f).startsWith("r.yml:14:").contains("network"))
        .anySatisfy(f -> assertThat(f).startsWith("r.yml:15:").contains("base64"))
        .anySatisfy(f -> assertThat(f).startsWith("r.yml:16:").contains("a number"))
        .anySatisfy(f -> assertThat(f).startsWith("r.yml:17:").contains("correlation"))
        .anySatisfy(f -> assertThat(f).startsWith("r.yml:20:").contains("no condition"));
  }

  @Test
  void whatIsNotAskedSaysWhy() {
    List<SigmaRule> rules =
        read(
            """
            title: open
            logsource: {product: p}
            detection: {s: {a|expand: '%nobody%'}, condition: s}
            ---
            title: together
            correlation: {type: event_count, rules: [open], timespan: 5m, condition: {gte: 3}}
            """);
    assertThat(faults.list()).isEmpty();
    assertThat(rules.get(0).inactive()).contains("%nobody%");
    assertThat(rules.get(1).inactive()).contains("correlation");
  }

  @Test
  void rulesAreAskedAboutEventsOfTheirLogSourceAlone() {
    SourceMap map =
        SourceMap.read(
            "m.yaml",
            """
            sources:
              - events: {kind: [dns, mdns]}
                is: [{product: zeek, service: dns}, {category: dns}]
                fields: {query: name}
              - events: {kind: web}
                is: [{category: proxy}]
            """,
            faults);
    List<SigmaRule> rules =
        read(
            """
            title: a
            logsource: {category: dns}
            detection: {s: {query: evil}, condition: s}
            ---
            title: b
            logsource: {product: zeek}
            detection: {s: {query: evil}, condition: s}
            ---
            title: c
            logsource: {category: proxy}
            detection: {s: {query: evil}, condition: s}
            """);
    var session =
        new SigmaEngine<Map<String, ?>>(rules, map, Variables.ofMap(Variables.Missing.NULL))
            .session();
    assertThat(session.matching(Map.of("kind", "DNS", "name", "evil")))
        .extracting(SigmaRule::title)
        .containsExactly("a", "b");
    assertThat(session.matching(Map.of("kind", "web", "query", "evil")))
        .extracting(SigmaRule::title)
        .containsExactly("c");
    assertThat(session.matching(Map.of("kind", "other", "query", "evil"))).isEmpty();
    assertThat(map.inactive(rules.get(0))).isEmpty();
    assertThat(SourceMap.ecs().inactive(rule("s: {a: 1}\ncondition: s"))).contains("product p");
  }

  /// The index may only leave out rules that do not match: rules asked together answer as each alone, and each alone as its
  /// condition read word by word.
  @Property(tries = 500)
  void togetherOrAloneOrNaivelyTheAnswerIsTheSame(
      @ForAll @Size(min = 1, max = 8)
          List<@Chars({'a', 'b', 'A', '*'}) @StringLength(max = 4) String> texts,
      @ForAll @Size(max = 3)
          List<@AlphaChars @Chars({'a', 'b', 'A'}) @StringLength(max = 6) String> values,
      @ForAll int seed) {
    List<SigmaRule> rules = new ArrayList<>();
    String[] places = {
      "", "|contains", "|startswith", "|endswith", "|cased", "|re", "|contains|cased"
    };
    for (int i = 0; i < texts.size(); i++) {
      String place = places[Math.floorMod(seed + i, places.length)];
      String text = place.equals("|re") ? texts.get(i).replace("*", "b*") : texts.get(i);
      String field = Math.floorMod(seed >> i, 3) == 0 ? "x" : "y";
      String condition =
          switch (Math.floorMod(seed >> (i + 3), 4)) {
            case 0 -> "s";
            case 1 -> "s and not t";
            case 2 -> "s or t";
            default -> "not s and not t";
          };
      rules.add(
          rule(
              "s: {%s%s: '%s'}\nt: {x|contains: 'a'}\ncondition: %s"
                  .formatted(field, place, text, condition)));
    }
    Map<String, Object> event = new HashMap<>();
    if (!values.isEmpty()) {
      event.put("x", values.getFirst());
    }
    if (values.size() > 1) {
      event.put("y", values.size() > 2 ? values.subList(1, 3) : values.get(1));
    }
    List<SigmaRule> expected =
        rules.stream().filter(r -> Naive.matches(r.condition(), event)).toList();
    var together = session(rules);
    assertThat(together.matching(event)).isEqualTo(expected);
    assertThat(together.matching(Map.of()))
        .isEqualTo(rules.stream().filter(r -> Naive.matches(r.condition(), Map.of())).toList());
    assertThat(together.matching(event)).as("asked again").isEqualTo(expected);
    assertThat(rules.stream().filter(r -> !session(List.of(r)).matching(event).isEmpty()).toList())
        .isEqualTo(expected);
  }

  /// No bytes of a rule file take the reader down.
  @Property(tries = 500)
  void anyTextIsReadOrNamed(@ForAll String detection, @ForAll String condition) {
    Faults found = new Faults();
    List<SigmaRule> rules =
        new SigmaReader(Map.of(), found)
            .read(
                "r.yml", "title: t\ndetection:\n  s: " + detection + "\n  condition: " + condition);
    assertThat(rules.isEmpty()).isEqualTo(!found.isEmpty());
  }
}
