package metron.stellar.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import metron.stellar.Stellar;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Lambda;
import metron.stellar.syntax.Dialect;
import metron.stellar.value.Truth;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/// Compiled programs answer, and fail, as the interpreter does.
class AgreementTest {
  private static final Map<String, Object> VALUES = values();

  private static Map<String, Object> values() {
    Map<String, Object> values = new HashMap<>();
    values.put("i", 7);
    values.put("j", -2);
    values.put("l", 5_000_000_000L);
    values.put("m", 3L);
    values.put("f", 1.5f);
    values.put("d", 2.25);
    values.put("e", -0.5);
    values.put("s", "text");
    values.put("t", "10.1.2.3");
    values.put("b", true);
    values.put("list", List.of(1, 2, "text"));
    values.put("map", Map.of("text", 1));
    return values;
  }

  @Property(tries = 3000)
  void compiledAndInterpretedProgramsAgree(
      @ForAll("programs") String source, @ForAll boolean metron, @ForAll boolean strict) {
    Stellar stellar = Stellar.standard().in(metron ? Dialect.METRON : Dialect.STANDARD);
    Program<Map<String, ?>> program;
    try {
      program =
          stellar.compile(
              source, Variables.ofMap(strict ? Variables.Missing.ERROR : Variables.Missing.NULL));
    } catch (CompilationException _) {
      return;
    }
    assertThat(program.isCompiled()).isTrue();
    Evaluation evaluation = Evaluation.standard();
    assertThat(outcome(() -> program.evaluate(evaluation, VALUES)))
        .as(source)
        .isEqualTo(outcome(() -> program.interpret(evaluation, VALUES)));
    assertThat(outcome(() -> program.test(evaluation, VALUES)))
        .as(source)
        .isEqualTo(outcome(() -> Truth.of(program.interpret(evaluation, VALUES))));
  }

  private interface Run {
    Object run();
  }

  private static String outcome(Run run) {
    try {
      Object value = run.run();
      if (value instanceof Lambda) {
        return "a lambda";
      }
      return value == null
          ? "null"
          : value.getClass().getSimpleName() + " " + value.toString().replaceAll("@\\w+", "@");
    } catch (EvaluationException e) {
      return e.getMessage();
    }
  }

  @Provide
  Arbitrary<String> programs() {
    return expressions(4);
  }

  private static Arbitrary<String> atoms() {
    return Arbitraries.of(
        "i",
        "j",
        "l",
        "m",
        "f",
        "d",
        "e",
        "s",
        "t",
        "b",
        "list",
        "map",
        "none",
        "0",
        "1",
        "3",
        "-2",
        "4L",
        "1.5",
        "2f",
        "NaN",
        "'text'",
        "'yes'",
        "''",
        "true",
        "false",
        "null",
        "[]",
        "[1, 2]",
        "{}",
        "exists(i)",
        "exists(none)");
  }

  private static Arbitrary<String> expressions(int depth) {
    if (depth == 0) {
      return atoms();
    }
    Arbitrary<String> part = Arbitraries.lazy(() -> expressions(depth - 1));
    Arbitrary<String> binary =
        Combinators.combine(
                part,
                Arbitraries.of(
                    "+", "-", "*", "/", "==", "!=", "<", "<=", ">", ">=", "and", "or", "in",
                    "not in"),
                part)
            .as((a, op, b) -> "(" + a + ") " + op + " (" + b + ")");
    Arbitrary<String> sums =
        Combinators.combine(
                Arbitraries.of("i", "j", "l", "m", "d", "e", "none", "2", "3L", "0"),
                Arbitraries.of("+", "-", "*", "/"),
                Arbitraries.of("i", "j", "l", "m", "d", "e", "s", "2", "1.5", "0"),
                Arbitraries.of("+", "-", "*", "/"),
                Arbitraries.of("i", "m", "d", "none", "1"),
                Arbitraries.of("", " > 3", " == m", " <= d", " != 0", " < none"))
            .as((a, x, b, y, c, z) -> a + " " + x + " " + b + " " + y + " " + c + z);
    Arbitrary<String> others =
        Combinators.combine(Arbitraries.integers().between(0, 9), part, part, part)
            .as(
                (shape, a, b, c) ->
                    switch (shape) {
                      case 0 -> "if " + a + " then " + b + " else " + c;
                      case 1 -> "match { " + a + " => " + b + ", default => () -> " + c + " }";
                      case 2 -> "[" + a + ", " + b + "]";
                      case 3 -> "{ 'k' : " + a + ", (" + b + ") : " + c + " }";
                      case 4 -> "not(" + a + ")";
                      case 5 -> "-(" + a + ")";
                      case 6 -> "MAP([" + a + ", " + b + "], x -> " + c + ")";
                      case 7 -> "MAP([" + a + "], x -> MAP([" + b + "], y -> [x, y, " + c + "]))";
                      case 8 -> "TO_UPPER(" + a + ")";
                      default -> a + " and " + b + " or " + c;
                    });
    return Arbitraries.frequencyOf(
        Tuple.of(3, binary), Tuple.of(2, sums), Tuple.of(3, others), Tuple.of(1, atoms()));
  }
}
