package metron.stellar.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import metron.stellar.Stellar;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.program.CompilationException;
import metron.stellar.program.EvaluationException;
import metron.stellar.program.Program;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Runs the examples of every standard function through the interpreter and the compiler.
class ExamplesTest {
  @TestFactory
  Stream<DynamicTest> everyExampleAnswersWhatItSays() {
    return StandardFunctions.ALL.stream()
        .flatMap(
            function ->
                function.examples().stream()
                    .map(
                        example ->
                            DynamicTest.dynamicTest(
                                example.source() + " " + example.variables(),
                                () -> check(example))));
  }

  @Test
  void everyFunctionHasExamplesOfItself() {
    for (StellarFunction function : StandardFunctions.ALL) {
      assertThat(function.examples()).as(function.name()).isNotEmpty();
      assertThat(function.examples())
          .as(function.name())
          .anySatisfy(e -> assertThat(e.source()).contains(function.name() + "("));
    }
  }

  private static void check(Example example) {
    Map<String, ?> variables = example.variables();
    if (example.answer() instanceof Example.Failure(String message)) {
      for (boolean compiled : List.of(true, false)) {
        String failure = failure(example.source(), variables, compiled);
        assertThat(failure).as(compiled ? "compiled" : "interpreted").contains(message);
      }
      return;
    }
    Program<Map<String, ?>> program = Stellar.standard().compile(example.source());
    assertThat(program.isCompiled()).isTrue();
    assertThat(program.evaluate(Evaluation.standard(), variables))
        .as("compiled")
        .isEqualTo(example.answer());
    assertThat(program.interpret(Evaluation.standard(), variables))
        .as("interpreted")
        .isEqualTo(example.answer());
  }

  private static String failure(String source, Map<String, ?> variables, boolean compiled) {
    try {
      Program<Map<String, ?>> program = Stellar.standard().compile(source);
      Object answer =
          compiled
              ? program.evaluate(Evaluation.standard(), variables)
              : program.interpret(Evaluation.standard(), variables);
      return "no failure, but " + answer;
    } catch (CompilationException | EvaluationException e) {
      return e.getMessage();
    }
  }
}
