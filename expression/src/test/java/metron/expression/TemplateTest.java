package metron.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import metron.config.ConfigNode;
import metron.config.Fault;
import metron.config.Faults;
import metron.config.Section;
import metron.event.Ecs;
import metron.event.Event;
import metron.stellar.Stellar;
import metron.stellar.function.Evaluation;
import org.junit.jupiter.api.Test;

class TemplateTest {
  private final Faults faults = new Faults();
  private final Faults warnings = new Faults();

  private String rendered(String document) {
    Event event = new Event();
    event.set(Ecs.URL_DOMAIN, "www.example.com");
    event.set(Ecs.TAGS, List.of("a", "b"));
    event.set(Ecs.DESTINATION_PORT, 0);
    Section section = ConfigNode.parse("rules.yaml", document, faults).section(faults);
    Template template =
        Expressions.of(section, Stellar.standard(), warnings).templateIfAny(section, "reason");
    return Objects.requireNonNull(template).render(Evaluation.standard(), event);
  }

  @Test
  void expressionsAreFilledIn() {
    assertThat(rendered("reason: '${url.domain} has ${LENGTH(url.domain)} characters'"))
        .isEqualTo("www.example.com has 15 characters");
    assertThat(rendered("reason: 'tags ${tags}, user ${user.name}'"))
        .isEqualTo("tags a, b, user -");
    assertThat(rendered("reason: \"${MAP_GET('}', {'}': 'brace'})} costs $5 or $${x}\""))
        .isEqualTo("brace costs $5 or ${x}");
    assertThat(faults.list()).isEmpty();
  }

  @Test
  void aFailureIsShownWhereItHappens() {
    assertThat(rendered("reason: 'a ${1 / destination.port} b'")).startsWith("a [").endsWith("] b");
  }

  @Test
  void aReasonOfMetronIsAnExpressionAsAWhole() {
    assertThat(rendered("compatibility: metron\nreason: FORMAT('%s!', url.domain)"))
        .isEqualTo("www.example.com!");
  }

  @Test
  void faultsNameFileLineAndPlaceInTheExpression() {
    rendered("a: 1\nreason: 'x ${NO_SUCH(1)} ${open'");
    assertThat(faults.list())
        .extracting(Fault::toString)
        .anySatisfy(f -> assertThat(f).startsWith("rules.yaml:2: 1:1:").contains("NO_SUCH", "^"))
        .anySatisfy(f -> assertThat(f).contains("'${' has no '}'"));
  }

  @Test
  void whatMetronReadsOtherwiseIsAWarning() {
    rendered("reason: '${10 / 2 * 5}'");
    assertThat(faults.list()).isEmpty();
    assertThat(warnings.list())
        .singleElement()
        .asString()
        .startsWith("rules.yaml:1:")
        .contains("Metron");
  }

  @Test
  void anotherModeIsAFault() {
    rendered("compatibility: hadoop\nreason: x");
    assertThat(faults.list()).singleElement().asString().contains("standard, metron");
  }
}
