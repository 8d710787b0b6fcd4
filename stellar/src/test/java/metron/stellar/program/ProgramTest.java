package metron.stellar.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import metron.stellar.Stellar;
import metron.stellar.function.Evaluation;
import org.junit.jupiter.api.Test;

class ProgramTest {
  private static final Stellar STELLAR = Stellar.standard();
  private final Evaluation evaluation = Evaluation.standard();

  @Test
  void aRuleOfThousandsOfConditionsIsCompiled() {
    StringBuilder source = new StringBuilder("x == 0");
    for (int i = 1; i < 5000; i++) {
      source.append(" or x == ").append(i);
    }
    Program<Map<String, ?>> program = STELLAR.compile(source.toString());
    assertThat(program.isCompiled()).isTrue();
    assertThat(program.test(evaluation, Map.of("x", 4999))).isTrue();
    assertThat(program.test(evaluation, Map.of("x", 5000))).isFalse();
    Program<Map<String, ?>> and = STELLAR.compile(source.toString().replace(" or ", " and "));
    assertThat(and.test(evaluation, Map.of("x", 0))).isFalse();
  }

  @Test
  void aProgramTooLargeForAClassIsInterpreted() {
    StringBuilder source = new StringBuilder("[");
    for (int i = 0; i < 12000; i++) {
      source.append(i == 0 ? "" : ", ").append("x");
    }
    Program<Map<String, ?>> program = STELLAR.compile(source.append("]").toString());
    assertThat(program.isCompiled()).isFalse();
    assertThat(program.evaluate(evaluation, Map.of("x", 1)))
        .isEqualTo(Collections.nCopies(12000, 1));
  }

  @Test
  void stopsAProgramThatTakesTooManySteps() {
    Evaluation small =
        Evaluation.of(new Evaluation.Limits(100, 1 << 20, 16), InstantSource.system(), Map.of());
    Program<Map<String, ?>> program = STELLAR.compile("MAP(xs, x -> MAP(xs, y -> x + y))");
    Map<String, ?> record = Map.of("xs", Collections.nCopies(50, 1));
    assertThatThrownBy(() -> program.evaluate(small, record))
        .isInstanceOfSatisfying(EvaluationException.class, e -> assertThat(e.overBudget()).isTrue())
        .hasMessageContaining("takes more than 100 steps");
    assertThatThrownBy(() -> program.interpret(small, record))
        .hasMessageContaining("takes more than 100 steps");
    assertThat(program.evaluate(small, Map.of("xs", List.of(1)))).isEqualTo(List.of(List.of(2)));
  }

  @Test
  void stopsAProgramThatMakesTooMuch() {
    Evaluation small =
        Evaluation.of(new Evaluation.Limits(1000, 1000, 16), InstantSource.system(), Map.of());
    Program<Map<String, ?>> program = STELLAR.compile("MAP(xs, x -> [x, x, x, x, x, x])");
    assertThatThrownBy(() -> program.evaluate(small, Map.of("xs", Collections.nCopies(30, 1))))
        .hasMessageContaining("values of more than 1,000 bytes");
  }

  @Test
  void aMissingVariableFailsWhereTheHostWantsThat() {
    Variables<Map<String, ?>> strict = Variables.ofMap(Variables.Missing.ERROR);
    Map<String, Object> record = new HashMap<>();
    record.put("x", 1);
    record.put("n", null);
    assertThat(STELLAR.compile("x + 1", strict).evaluate(evaluation, record)).isEqualTo(2);
    assertThat(STELLAR.compile("n", strict).evaluate(evaluation, record)).isNull();
    assertThat(STELLAR.compile("exists(y)", strict).evaluate(evaluation, record)).isEqualTo(false);
    assertThat(STELLAR.compile("x == 2 and y", strict).evaluate(evaluation, record))
        .isEqualTo(false);
    assertThat(STELLAR.compile("MAP([1], a -> y)", strict).evaluate(evaluation, record))
        .isEqualTo(Collections.singletonList(null));
    assertThatThrownBy(() -> STELLAR.compile("1 + y", strict).evaluate(evaluation, record))
        .hasMessage("1:5: the variable 'y' is not defined\n | 1 + y\n | ....^");
  }

  @Test
  void aHostMaySayThatThereIsNoSuchVariable() {
    Variables<Map<String, ?>> two =
        new Variables<>() {
          @Override
          public Variable<Map<String, ?>> resolve(String name) {
            return names().contains(name) ? m -> m.get(name) : null;
          }

          @Override
          public List<String> names() {
            return List.of("source.ip", "source.port");
          }
        };
    assertThat(STELLAR.check("sorce.ip == 'x' and source.port", two))
        .singleElement()
        .satisfies(
            d ->
                assertThat(d.message())
                    .isEqualTo("there is no variable 'sorce.ip'. Did you mean 'source.ip'?"));
  }

  @Test
  void aHostsOwnComparisonIsUsed() {
    Variables<int[]> own =
        name ->
            new Variable<>() {
              @Override
              public Object get(int[] target) {
                return "10.0.0." + target[0];
              }

              @Override
              public Predicate<int[]> equalTo(Object constant) {
                return t -> constant.equals("10.0.0." + t[0]) && t[1]++ == 0;
              }
            };
    Program<int[]> program = STELLAR.compile("ip == '10.0.0.7'", own);
    int[] record = {7, 0};
    assertThat(program.test(evaluation, record)).isTrue();
    assertThat(record[1]).isOne();
  }

  @Test
  void namesAllFaultsAtOnce() {
    assertThatThrownBy(() -> STELLAR.compile("NOPE(1) or TO_UPPER() == 'a' or 1 + 'b' == 2"))
        .hasMessage(
            """
            1:1: there is no function 'NOPE'
             | NOPE(1) or TO_UPPER() == 'a' or 1 + 'b' == 2
             | ^^^^
            1:12: TO_UPPER takes (text), found no argument
             | NOPE(1) or TO_UPPER() == 'a' or 1 + 'b' == 2
             | ...........^^^^^^^^
            1:37: '+' has the string 'b' on its right, expected a number
             | NOPE(1) or TO_UPPER() == 'a' or 1 + 'b' == 2
             | ....................................^^^""");
  }

  @Test
  void warnsOfWhatAlwaysFails() {
    assertThat(STELLAR.compile("if x then 1 / 0 else 2").warnings())
        .singleElement()
        .satisfies(
            w ->
                assertThat(w.message())
                    .isEqualTo("a whole number is divided by zero; this always fails"));
  }

  @Test
  void tellsItsVariables() {
    assertThat(STELLAR.compile("a + MAP(b, x -> x + c) == d.e and exists(f)").variables())
        .containsExactly("a", "b", "c", "d.e", "f");
  }

  @Test
  void explainsEachPart() {
    Explanation explanation =
        STELLAR.compile("x > 3 and (y == 1 or z)").explain(evaluation, Map.of("x", 5, "y", 1));
    assertThat(explanation.value()).isEqualTo(true);
    assertThat(explanation.parts()).hasSize(2);
    assertThat(explanation.parts().getFirst().source()).isEqualTo("x > 3");
    assertThat(explanation.parts().getFirst().parts().getFirst().value()).isEqualTo(5);
    Explanation or = explanation.parts().getLast();
    assertThat(or.source()).isEqualTo("y == 1 or z");
    assertThat(or.parts().getLast().outcome()).isEqualTo(Explanation.Outcome.NOT_REACHED);
  }

  @Test
  void explainsAFailure() {
    Explanation explanation = STELLAR.compile("1 + x").explain(evaluation, Map.of("x", "a"));
    assertThat(explanation.outcome()).isEqualTo(Explanation.Outcome.FAILED);
    assertThat(explanation.failure())
        .isEqualTo("'+' has the string 'a' on its right, expected a number");
    assertThat(explanation.parts().getLast().value()).isEqualTo("a");
  }

  @Test
  void listsMadeByAProgramAreNewInEachRun() {
    Program<Map<String, ?>> program = STELLAR.compile("[1, 2]");
    @SuppressWarnings("unchecked")
    List<Object> first = (List<Object>) program.evaluate(evaluation, Map.of());
    first.add(3);
    assertThat(program.evaluate(evaluation, Map.of())).isEqualTo(List.of(1, 2));
  }
}
