package metron.stellar.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParserTest {
  private static void readOrRefuse(String source) {
    for (Dialect dialect : Dialect.values()) {
      try {
        assertThat(Parser.parse(source, dialect).expr()).isNotNull();
      } catch (SyntaxException e) {
        assertThat(e.diagnostic().render(source)).isNotBlank();
      }
    }
  }

  @Property(tries = 2000)
  void anyTextIsReadOrRefused(@ForAll String source) {
    readOrRefuse(source);
  }

  @Property(tries = 5000)
  void anyRowOfTokensIsReadOrRefused(@ForAll("tokens") String source) {
    readOrRefuse(source);
  }

  @Provide
  Arbitrary<String> tokens() {
    return Arbitraries.of(
            "a", "b:c", "1", "2L", "'x'", "\"", "true", "in", "not", "and", "or", "if", "then",
            "else", "exists", "match", "default", "==", "<", "+", "-", "*", "/", "?", ":", ",", "(",
            ")", "[", "]", "{", "}", "->", "=>", ":=", "!", "F(", "//", "\n", "\\", "NaN")
        .list()
        .ofMaxSize(30)
        .map(l -> String.join(" ", l));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(", "[", "{", "-", "!", "not(", "if ", "F(", "a ? ", "x -> ", "a in ", "match{", "{1:"
      })
  void aMegabyteOfOneThingIsRefused(String token) {
    String source = token.repeat((1 << 20) / token.length());
    assertThatThrownBy(() -> Parser.parse(source, Dialect.STANDARD))
        .isInstanceOf(SyntaxException.class);
    String shorter = source.substring(0, Parser.MAX_LENGTH - 1);
    assertThatThrownBy(() -> Parser.parse(shorter, Dialect.METRON))
        .isInstanceOf(SyntaxException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {" + 1", " * 1", " - 1", " == 1"})
  void aLongChainOfOperatorsIsRefused(String link) {
    String source = "1" + link.repeat(10_000);
    assertThatThrownBy(() -> Parser.parse(source, Dialect.STANDARD))
        .isInstanceOf(SyntaxException.class)
        .hasMessageContaining("nested more than 250 deep");
  }

  @Test
  void aThousandAlternativesAreOneLevel() {
    assertThat(Parser.parse("a" + " or a".repeat(1000), Dialect.STANDARD).expr())
        .isInstanceOfSatisfying(Expr.Logic.class, l -> assertThat(l.operands()).hasSize(1001));
  }

  @Test
  void aBlankTextIsNull() {
    assertThat(Parser.parse(" \n\t", Dialect.STANDARD).expr())
        .isInstanceOfSatisfying(Expr.Literal.class, l -> assertThat(l.value()).isNull());
  }

  @Test
  void aCommentAloneIsRefused() {
    assertThatThrownBy(() -> Parser.parse("// nothing", Dialect.STANDARD))
        .hasMessage("there is a comment but no expression");
  }

  @Test
  void warnsWhereTheDialectsDiffer() {
    for (String different :
        new String[] {"a and b or c", "a / b * c", "a or b and c or d", "a and b or c and d"}) {
      assertThat(Parser.parse(different, Dialect.STANDARD).differences()).hasSize(1);
      assertThat(Parser.parse(different, Dialect.METRON).differences()).isNotEmpty();
    }
    for (String same :
        new String[] {"a or b and c", "(a and b) or c", "a * b / c", "a or b or c", "a / b / c"}) {
      assertThat(Parser.parse(same, Dialect.STANDARD).differences()).as(same).isEmpty();
      assertThat(Parser.parse(same, Dialect.METRON).differences()).as(same).isEmpty();
    }
  }

  @Test
  void findsAnAssignment() {
    assertThat(Parser.assignment("x := 1 + 2")).isEqualTo(new Parser.Assignment("x", 4));
    assertThat(Parser.assignment("x:=1").name()).isEqualTo("x");
    assertThat(Parser.assignment("x == ':='").name()).isNull();
  }
}
