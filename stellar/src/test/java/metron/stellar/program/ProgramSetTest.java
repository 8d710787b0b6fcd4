package metron.stellar.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import metron.stellar.Stellar;
import metron.stellar.function.Evaluation;
import metron.stellar.syntax.Dialect;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

/// Programs of a set answer, and fail, as each does alone.
class ProgramSetTest {
  private static final Evaluation EVALUATION = Evaluation.standard();

  private static List<Program<Map<String, ?>>> compile(List<String> sources, boolean strict) {
    List<Program<Map<String, ?>>> programs = new ArrayList<>();
    for (String source : sources) {
      try {
        programs.add(
            Stellar.standard()
                .in(programs.size() % 2 == 0 ? Dialect.STANDARD : Dialect.METRON)
                .compile(
                    source,
                    Variables.ofMap(strict ? Variables.Missing.ERROR : Variables.Missing.NULL)));
      } catch (CompilationException _) {
        // A generated program may be wrong; there are others.
      }
    }
    return programs;
  }

  private static List<String> alone(List<Program<Map<String, ?>>> programs, Map<String, ?> event) {
    List<String> outcomes = new ArrayList<>();
    for (int i = 0; i < programs.size(); i++) {
      try {
        if (programs.get(i).test(EVALUATION, event)) {
          outcomes.add(i + " is true");
        }
      } catch (EvaluationException e) {
        outcomes.add(i + " fails: " + e.getMessage());
      }
    }
    return outcomes;
  }

  private static List<String> together(
      List<Program<Map<String, ?>>> programs, Map<String, ?> event) {
    return together(ProgramSet.of(programs).evaluator(EVALUATION), event);
  }

  private static List<String> together(
      ProgramSet.Evaluator<Map<String, ?>> set, Map<String, ?> event) {
    List<String> outcomes = new ArrayList<>();
    set.evaluate(
        event,
        new ProgramSet.Outcomes() {
          @Override
          public void isTrue(int index) {
            outcomes.add(index + " is true");
          }

          @Override
          public void failed(int index, EvaluationException failure) {
            outcomes.add(index + " fails: " + failure.getMessage());
          }
        });
    return outcomes;
  }

  @Property(tries = 300)
  void aSetAnswersAsEachProgramAlone(
      @ForAll("manyRules") List<String> sources,
      @ForAll("threeEvents") List<Map<String, Object>> events) {
    List<Program<Map<String, ?>>> programs = compile(sources, false);
    ProgramSet.Evaluator<Map<String, ?>> set = ProgramSet.of(programs).evaluator(EVALUATION);
    for (Map<String, Object> event : events) {
      assertThat(together(set, event))
          .as(() -> event + " " + programs.stream().map(Program::source).toList())
          .isEqualTo(alone(programs, event));
    }
  }

  @Property(tries = 100)
  void aSetOfProgramsWhoseVariablesMayFailAnswersAsEachAlone(
      @ForAll("fewRules") List<String> sources, @ForAll("events") Map<String, Object> event) {
    List<Program<Map<String, ?>>> programs = compile(sources, true);
    assertThat(together(programs, event)).isEqualTo(alone(programs, event));
  }

  @Property(tries = 300)
  void aSetUnderASmallBudgetAnswersAsEachProgramAlone(
      @ForAll("fewRules") List<String> sources, @ForAll("events") Map<String, Object> event) {
    List<Program<Map<String, ?>>> programs = compile(sources, false);
    Evaluation small =
        Evaluation.of(new Evaluation.Limits(3, 40, 1), InstantSource.system(), Map.of());
    List<String> alone = new ArrayList<>();
    for (int i = 0; i < programs.size(); i++) {
      try {
        if (programs.get(i).test(small, event)) {
          alone.add(i + " is true");
        }
      } catch (EvaluationException e) {
        alone.add(i + " fails: " + e.getMessage());
      }
    }
    assertThat(together(ProgramSet.of(programs).evaluator(small), event)).isEqualTo(alone);
  }

  @Test
  void tellsOutcomesInTheOrderOfThePrograms() {
    List<String> sources = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      sources.add(
          switch (i % 3) {
            case 0 -> "port == " + i;
            case 1 -> "1 / (port - 99) > 0 or name == 'x'";
            default -> "not(exists(name))";
          });
    }
    List<Program<Map<String, ?>>> programs = compile(sources, false);
    List<String> outcomes = together(programs, Map.of("port", 99));
    assertThat(outcomes)
        .hasSize(201)
        .contains("99 is true")
        .isEqualTo(alone(programs, Map.of("port", 99)));
    assertThat(outcomes.getFirst())
        .startsWith("1 fails: ")
        .contains("a whole number is divided by zero");
    assertThat(outcomes.get(1)).isEqualTo("2 is true");
  }

  @Test
  void evaluatesOnlyProgramsThatARecordGivesAReasonFor() {
    List<Program<Counted>> programs = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      programs.add(
          Stellar.standard()
              .compile(
                  switch (i % 5) {
                    case 0 -> "port == " + i + " and exists(url)";
                    case 1 -> "exists(url) and size > " + i * 1000;
                    case 2 ->
                        "IN_SUBNET(ip, '10.0.0.0/8') and port in [" + i + ", " + (i + 1000) + "]";
                    case 3 -> "ENDS_WITH(dns.name, '.d" + i + "')";
                    default -> "IN_SUBNET(ip, '192.168.0.0/16') and LENGTH(url) > " + i;
                  },
                  Counted.VARIABLES));
    }
    Counted event = new Counted(Map.of("port", 10, "ip", "10.1.1.1", "url", "http://x/"));
    List<Integer> fired = new ArrayList<>();
    ProgramSet.of(programs)
        .evaluator(EVALUATION)
        .evaluate(
            event,
            new ProgramSet.Outcomes() {
              @Override
              public void isTrue(int index) {
                fired.add(index);
              }

              @Override
              public void failed(int index, EvaluationException failure) {
                throw failure;
              }
            });
    assertThat(fired).containsExactly(10);
    assertThat(event.reads[0]).isLessThan(20);
  }

  @Test
  void refusesProgramsOfDifferentVariables() {
    assertThatThrownBy(
            () ->
                ProgramSet.of(
                    List.of(
                        Stellar.standard().compile("a == 1"),
                        Stellar.standard()
                            .compile("b == 2", Variables.ofMap(Variables.Missing.ERROR)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'a == 1' and 'b == 2'");
  }

  @Test
  void anEmptySetHasNoOutcomes() {
    assertThat(together(List.of(), Map.of("a", 1))).isEmpty();
  }

  /// A record that counts how often it is read.
  private record Counted(Map<String, Object> values, int[] reads) {
    static final Variables<Counted> VARIABLES =
        name ->
            record -> {
              record.reads[0]++;
              return record.values.get(name);
            };

    Counted(Map<String, Object> values) {
      this(values, new int[1]);
    }
  }

  @Provide
  Arbitrary<Map<String, Object>> events() {
    Arbitrary<Object> values =
        Arbitraries.of(
            1,
            2,
            7,
            -3,
            0,
            1L,
            2L,
            5_000_000_000L,
            Long.MAX_VALUE,
            1.0,
            2.5,
            -0.0,
            Double.NaN,
            2f,
            0.1f,
            (short) 2,
            "1",
            "2",
            "text",
            "yes",
            "",
            "10.1.2.3",
            true,
            false,
            List.of("text", 1),
            List.of(),
            Map.of("text", 1),
            new StringBuilder("text"));
    return Arbitraries.maps(Arbitraries.of("a", "b", "c", "d"), values)
        .ofMaxSize(4)
        .map(HashMap::new);
  }

  @Provide
  Arbitrary<List<Map<String, Object>>> threeEvents() {
    return events().list().ofSize(3);
  }

  @Provide
  Arbitrary<List<String>> fewRules() {
    return conditions(2).list().ofMinSize(1).ofMaxSize(20);
  }

  @Provide
  Arbitrary<List<String>> manyRules() {
    return conditions(2).list().ofMinSize(1).ofMaxSize(90);
  }

  private static Arbitrary<String> simple() {
    Arbitrary<String> variables = Arbitraries.of("a", "b", "c", "d");
    Arbitrary<String> constants =
        Arbitraries.of(
            "1",
            "2",
            "7",
            "0",
            "-3",
            "1L",
            "5000000000L",
            "2.5",
            "2.0",
            "0.1f",
            "2f",
            "NaN",
            "'text'",
            "'1'",
            "''",
            "'yes'",
            "'10.1.2.3'",
            "true",
            "false",
            "null");
    Arbitrary<String> compared =
        Combinators.combine(
                variables,
                Arbitraries.of("==", "!=", "<", "<=", ">", ">="),
                constants,
                Arbitraries.of(true, false))
            .as((v, op, c, swap) -> swap ? c + " " + op + " " + v : v + " " + op + " " + c);
    Arbitrary<String> member =
        Combinators.combine(
                variables,
                Arbitraries.of("in", "not in"),
                constants
                    .list()
                    .ofMinSize(0)
                    .ofMaxSize(3)
                    .map(l -> "[" + String.join(", ", l) + "]"))
            .as((v, op, list) -> v + " " + op + " " + list);
    Arbitrary<String> others =
        Combinators.combine(Arbitraries.integers().between(0, 27), variables, variables, constants)
            .as(
                (shape, v, w, c) ->
                    switch (shape) {
                      case 0 -> "exists(" + v + ")";
                      case 1 -> "not(exists(" + v + "))";
                      case 2 -> v;
                      case 3 -> "IN_SUBNET(" + v + ", '10.0.0.0/8')";
                      case 4 -> "IN_SUBNET(" + v + ", " + w + ")";
                      case 5 -> "LENGTH(" + v + ") > 2";
                      case 6 -> "ENDS_WITH(" + v + ", 'ext')";
                      case 7 -> v + " + " + w + " > " + c;
                      case 8 -> "1 / " + v + " == 1";
                      case 9 -> "1 / 2 * " + v + " == " + c;
                      case 10 -> v + " in " + w;
                      case 11 -> v + " in 'text'";
                      case 12 -> "'text' in " + v;
                      case 13 -> "TO_UPPER(" + v + ") == 'TEXT'";
                      case 14 -> v + " == " + w;
                      case 15 -> v + " < " + w;
                      case 16 -> "REDUCE([" + v + ", 2], (x, y) -> x + y, 0) == 3";
                      case 17 -> "MAP_EXISTS('a', _)";
                      case 18 -> "REGEXP_MATCH(" + v + ", 't.*')";
                      case 20 -> "STARTS_WITH(" + v + ", 'te')";
                      case 21 -> "STARTS_WITH(" + v + ", " + c + ")";
                      case 22 -> "IN_SUBNET(" + v + ", '10.1.0.0/16', '11.0.0.0/7')";
                      case 23 -> "REGEXP_MATCH(" + v + ", '.*ex.*')";
                      case 24 -> "REGEXP_MATCH(" + v + ", ['y.s', '1+0*'])";
                      case 25 -> "ENDS_WITH(" + v + ", '')";
                      case 26 -> "IN_SUBNET(" + v + ", '0.0.0.0/0', '::/0')";
                      case 19 -> "-" + v + " == " + c;
                      default -> "TO_INTEGER(" + v + ") in [1, 2]";
                    });
    return Arbitraries.frequencyOf(Tuple.of(3, compared), Tuple.of(2, member), Tuple.of(4, others));
  }

  private static Arbitrary<String> conditions(int depth) {
    if (depth == 0) {
      return simple();
    }
    Arbitrary<String> part = Arbitraries.lazy(() -> conditions(depth - 1));
    return Combinators.combine(Arbitraries.integers().between(0, 9), part, part, part)
        .as(
            (shape, a, b, c) ->
                switch (shape) {
                  case 0 -> "not(" + a + ")";
                  case 1 -> "if " + a + " then " + b + " else " + c;
                  case 2 -> "match { " + a + " => " + b + ", default => " + c + " }";
                  case 3 -> "(" + a + ") or (" + b + ")";
                  case 4 -> "not((" + a + ") or (" + b + "))";
                  case 5 -> "if " + a + " then false else " + c;
                  case 6 -> "if " + a + " then (" + b + ") else false";
                  case 7 -> a + " and " + b + " and " + c;
                  default -> a + " and " + b;
                });
  }
}
