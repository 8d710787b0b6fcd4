package metron.benchmarks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import metron.event.Event;
import metron.expression.Assignment;
import metron.expression.EventVariables;
import metron.stellar.Stellar;
import metron.stellar.function.Evaluation;
import metron.stellar.program.EvaluationException;
import metron.stellar.program.Program;
import metron.stellar.program.ProgramSet;
import metron.stellar.program.Variables;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// How many Stellar expressions a second does one thread evaluate? The eight expressions that Apache
/// Metron's engine was measured with, over a map as there; a predicate by its truth alone; the
/// compilation of a rule; and 1,000 triage rules on one event of which ten fire.
///
/// Run: `bin/metron bench stellar`. Last result: see `docs/performance.md`.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class StellarBenchmark {
  private static final Map<String, String> EXPRESSIONS =
      Map.of(
          "arithmetic",
          "1 + 2 * x - y / 3",
          "equality",
          "ip_src_addr == '10.0.0.1' and ip_dst_port in [80, 443, 8080]",
          "subnet",
          "IN_SUBNET(ip_dst_addr, '192.168.0.0/16', '10.0.0.0/8')",
          "texts",
          "TO_UPPER(TRIM(SUBSTRING(url, 0, 8)))",
          "if",
          "if exists(domain) and LENGTH(domain) > 20 and not(ENDS_WITH(domain, '.com'))"
              + " then 'long' else 'short'",
          "reduce",
          "REDUCE(MAP([1,2,3,4,5], (x) -> x * x), (a, b) -> a + b, 0)",
          "url",
          "URL_TO_HOST(url)",
          "match",
          "match{ x < 10 => 'small', x < 100 => 'middle', domain == 'a.com' => 'a',"
              + " default => 'other' }");

  /// What one operation is: a name of an expression evaluates it, `predicate` tests the rule of
  /// `equality`, `compile` compiles it, `rules` tests 1,000 rules as a set,
  /// `rules-none` on an event of which none is true, `rules-alone` one after the other. `event-…` is the
  /// same over an event of the stream in place of a map.
  @Param({
    "arithmetic",
    "equality",
    "subnet",
    "texts",
    "if",
    "reduce",
    "url",
    "match",
    "predicate",
    "compile",
    "rules",
    "rules-none",
    "rules-alone",
    "event-predicate",
    "event-rules",
    "event-rules-none"
  })
  public String expression = "arithmetic";

  private static final Variables<Map<String, ?>> MAP = Variables.ofMap(Variables.Missing.NULL);

  private interface Work {
    @Nullable Object run();
  }

  private final Map<String, Object> event = new HashMap<>();
  private final Evaluation evaluation = Evaluation.standard();
  private Work work = () -> null;

  @Setup
  public void compile() {
    event.put("x", 500);
    event.put("y", 9);
    event.put("ip_src_addr", "10.0.0.1");
    event.put("ip_dst_addr", "10.20.30.40");
    event.put("ip_dst_port", 443);
    event.put("url", "https://www.example.com:8443/path/page.html?q=1");
    event.put("domain", "a-rather-long-name.of.a.host.example.org");
    work =
        switch (expression) {
          case "predicate" -> predicate(rule("equality"));
          case "compile" -> () -> Stellar.standard().compile(text("equality"));
          case "rules" -> together(MAP, TriageRules.event(), TriageRules.TRUE);
          case "rules-none" -> together(MAP, TriageRules.ordinary(), 0);
          case "event-predicate" -> {
            Program<Event> rule =
                Stellar.standard().compile(text("equality"), EventVariables.INSTANCE);
            Event record = event(event);
            yield () -> rule.test(evaluation, record);
          }
          case "event-rules" ->
              together(EventVariables.INSTANCE, event(TriageRules.event()), TriageRules.TRUE);
          case "event-rules-none" ->
              together(EventVariables.INSTANCE, event(TriageRules.ordinary()), 0);
          case "rules-alone" -> alone();
          default -> value(rule(expression));
        };
  }

  /// The fields of a map as an event of the stream has them.
  private static Event event(Map<String, Object> fields) {
    Event event = new Event();
    fields.forEach(
        (name, value) -> {
          String problem = Assignment.set(event, EventVariables.field(name), value);
          if (problem != null) {
            throw new IllegalArgumentException(problem);
          }
        });
    return event;
  }

  private static String text(String name) {
    return java.util.Objects.requireNonNull(EXPRESSIONS.get(name));
  }

  private static Program<Map<String, ?>> rule(String name) {
    return Stellar.standard().compile(text(name));
  }

  private Work value(Program<Map<String, ?>> program) {
    return () -> program.evaluate(evaluation, event);
  }

  private Work predicate(Program<Map<String, ?>> program) {
    return () -> program.test(evaluation, event);
  }

  /// The rules of [TriageRules], as a set.
  private <R> Work together(Variables<R> variables, R request, int expected) {
    ProgramSet.Evaluator<R> rules = ProgramSet.of(triage(variables)).evaluator(evaluation);
    Fired fired = new Fired();
    return () -> {
      fired.count = 0;
      rules.evaluate(request, fired);
      return fired.expected(expected);
    };
  }

  /// The same, one after the other: what a set saves.
  private Work alone() {
    List<Program<Map<String, ?>>> rules = triage(MAP);
    Fired fired = new Fired();
    Map<String, Object> request = TriageRules.event();
    return () -> {
      fired.count = 0;
      for (Program<Map<String, ?>> rule : rules) {
        if (rule.test(evaluation, request)) {
          fired.count++;
        }
      }
      return fired.expected(TriageRules.TRUE);
    };
  }

  private static <R> List<Program<R>> triage(Variables<R> variables) {
    List<Program<R>> rules = new ArrayList<>();
    for (String rule : TriageRules.rules()) {
      rules.add(Stellar.standard().compile(rule, variables));
    }
    return rules;
  }

  private static final class Fired implements ProgramSet.Outcomes {
    int count;

    @Override
    public void isTrue(int index) {
      count++;
    }

    @Override
    public void failed(int index, EvaluationException failure) {
      throw failure;
    }

    Fired expected(int expected) {
      if (count != expected) {
        throw new IllegalStateException(count + " rules are true, expected " + expected);
      }
      return this;
    }
  }

  @Benchmark
  public @Nullable Object evaluate() {
    return work.run();
  }
}
