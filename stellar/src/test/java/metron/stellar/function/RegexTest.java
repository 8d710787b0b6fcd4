package metron.stellar.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RegexTest {
  private final Evaluation evaluation = Evaluation.standard();

  @Test
  void matchesTheWholeTextAndGivesItsGroups() {
    Regex regex = Regex.compile(1, "(\\w+)@(\\w+)(\\.test)?");
    assertThat(regex.matches(evaluation, "ann@host")).isTrue();
    assertThat(regex.matches(evaluation, "ann@host;")).isFalse();
    assertThat(regex.group(evaluation, "ann@host", 2)).isEqualTo("host");
    assertThat(regex.group(evaluation, "ann@host", 3)).isNull();
    assertThat(regex.group(evaluation, "ann@host", 9)).isNull();
    assertThat(regex.finds(evaluation, "to: ann@host;")).isTrue();
  }

  @Test
  void fallsBackToALinearEngineForAnExplosiveExpression() {
    Regex regex = Regex.compile(1, "(a+)+b");
    assertThat(regex.matches(evaluation, "a".repeat(60) + "c")).isFalse();
    assertThat(regex.matches(evaluation, "a".repeat(60) + "b")).isTrue();
    assertThat(regex.group(evaluation, "a".repeat(60) + "b", 1)).isEqualTo("a".repeat(60));
  }

  @Test
  void stopsAnExplosiveExpressionThatHasNoLinearForm() {
    Regex regex = Regex.compile(1, "(a+)+(?=b)c\\1");
    assertThatThrownBy(() -> regex.matches(evaluation, "a".repeat(60)))
        .isInstanceOf(BudgetExceeded.class);
  }

  @Test
  void replacesEveryMatch() {
    Regex regex = Regex.compile(2, "(\\d+)");
    assertThat(regex.replaceAll(evaluation, "a1b22", 3, "<$1>")).isEqualTo("a<1>b<22>");
    assertThatThrownBy(() -> regex.replaceAll(evaluation, "a1", 3, "$7"))
        .isInstanceOf(FunctionFailure.class)
        .hasMessageContaining("No group 7");
  }

  @Test
  void saysWhereAnExpressionIsWrong() {
    assertThatThrownBy(() -> Regex.compile(2, "a(b"))
        .isInstanceOfSatisfying(FunctionFailure.class, f -> assertThat(f.argument()).isEqualTo(2))
        .hasMessageContaining("is no regular expression: Unclosed group");
  }
}
