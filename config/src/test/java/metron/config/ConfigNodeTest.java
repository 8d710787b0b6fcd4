package metron.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ConfigNodeTest {
  private final Faults faults = new Faults();

  private ConfigNode parse(String yaml) {
    return ConfigNode.parse("a.yaml", yaml, faults);
  }

  private List<String> messages() {
    return faults.list().stream().map(Fault::toString).toList();
  }

  @Test
  void takesAnEmptyDocumentAsAnEmptySection() {
    for (String text : List.of("", "# only a comment\n", "---\n", "~")) {
      assertThat(parse(text).section(faults).keys()).isEmpty();
    }
    assertThat(faults.list()).isEmpty();
  }

  @Test
  void namesTheLineOfASyntaxError() {
    parse("a: 1\nb: [1, 2\nc: 3\n");

    assertThat(messages()).singleElement().asString().startsWith("a.yaml:3: not readable as YAML");
  }

  @Test
  void explainsTabs() {
    parse("a:\n\tb: 1\n");

    assertThat(messages())
        .containsExactly(
            "a.yaml:2: not readable as YAML: a tab is used to indent, expected blanks");
  }

  @Test
  void refusesTagsKeysTwiceMergeKeysAndSecondDocuments() {
    parse("a: !!java.net.URL [http://x]\n");
    parse("a: 1\na: 2\n");
    parse("<<: {a: 1}\n");
    parse("a: 1\n---\nb: 2\n");
    parse("? [a]\n: 1\n");

    assertThat(messages())
        .containsExactly(
            "a.yaml:1: tag 'tag:yaml.org,2002:java.net.URL' is not taken: write the value without"
                + " a tag",
            "a.yaml:2: key 'a' stands here again, first on line 1: keep one",
            "a.yaml:1: merge keys '<<' are not taken: repeat the keys, or use an alias",
            "a.yaml:3: a second document starts here, expected one: remove the '---'",
            "a.yaml:1: found a list of 1 as a key, expected text");
  }

  @Test
  void followsAliases() {
    Section s = parse("a: &x [1, 2]\nb: *x\n").section(faults);

    assertThat(s.strings("b")).containsExactly("1", "2");
    assertThat(faults.list()).isEmpty();
  }

  @Test
  void refusesAliasesThatBlowUpAndThoseWithinThemselves() {
    StringBuilder bomb = new StringBuilder("l0: &l0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      bomb.append("l").append(i).append(": &l").append(i).append(" [");
      bomb.append(("*l" + (i - 1) + ", ").repeat(10)).append("]\n");
    }
    parse(bomb.toString());
    parse("a: &a [*a]\n");

    assertThat(messages())
        .containsExactly(
            "a.yaml:5: the document has more than 100000 pieces, aliases counted in full",
            "a.yaml:1: alias '*a' has no anchor '&' before it");
  }

  @Test
  void refusesDeepNestingAndLongDocuments() {
    parse("[".repeat(100_000));
    parse("a: " + "x".repeat(YamlReader.MAX_CHARACTERS));

    assertThat(messages())
        .containsExactly(
            "a.yaml:1: nested deeper than 50 levels",
            "a.yaml: has 1048579 characters, expected at most 1048576");
  }

  @Test
  void escapesHostileExcerpts() {
    parse("a: \"\\e[31m red\\n\"").section(faults).integer("a", 0, 1);

    assertThat(messages())
        .containsExactly("a.yaml:1: a is \"\\u001b[31m red\\n\", expected an integer from 0 to 1");
  }

  @Property(tries = 300)
  void neverThrowsWhateverTheText(@ForAll String text) {
    Faults found = new Faults();
    Section s = ConfigNode.parse("a.yaml", text, found).section(found);
    s.finish();
    assertThat(found.count()).isEqualTo(found.list().size());
  }

  @Example
  void neverThrowsOnYamlLikeRubbish() {
    String alphabet = "a:- \n[]{}&*!|>'\"%@`#,?\t0~";
    var random = new java.util.Random(42);
    for (int i = 0; i < 3000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(40); n > 0; n--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      Faults found = new Faults();
      ConfigNode.parse("a.yaml", text.toString(), found).section(found).finish();
      assertThat(found.count()).as(text.toString()).isGreaterThanOrEqualTo(0);
    }
  }
}
