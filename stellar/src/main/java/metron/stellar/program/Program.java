package metron.stellar.program;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.SequencedSet;
import metron.stellar.function.Evaluation;
import metron.stellar.function.FunctionRegistry;
import metron.stellar.syntax.Diagnostic;
import metron.stellar.syntax.Dialect;
import metron.stellar.syntax.Expr;
import metron.stellar.syntax.Parser;
import metron.stellar.syntax.SyntaxException;
import metron.stellar.value.Truth;
import org.jspecify.annotations.Nullable;

/// An expression that is ready to run. Safe for many threads, each with an [Evaluation] of its own.
///
/// @param <R> what it runs on
public final class Program<R> {
  private final String source;
  private final Expr expr;
  private final List<Diagnostic> warnings;
  private final Interpreter<R> interpreter;
  private final FunctionRegistry functions;
  private final Variables<R> variables;
  private final Checker.Checked<R> checked;
  private final SequencedSet<String> names;
  private final @Nullable CompiledProgram compiled;

  private Program(
      String source,
      Expr expr,
      List<Diagnostic> warnings,
      FunctionRegistry functions,
      Variables<R> variables,
      Checker.Checked<R> checked,
      @Nullable CompiledProgram compiled) {
    this.source = source;
    this.expr = expr;
    this.warnings = List.copyOf(warnings);
    this.functions = functions;
    this.variables = variables;
    this.checked = checked;
    this.interpreter = new Interpreter<>(source, functions, variables, null);
    this.compiled = compiled;
    this.names = new java.util.LinkedHashSet<>();
    names(expr, names);
  }

  /// Reads, checks and compiles.
  ///
  /// @throws CompilationException with all faults of the source
  public static <R> Program<R> compile(
      String source, Dialect dialect, FunctionRegistry functions, Variables<R> variables) {
    Parser.Parsed parsed;
    try {
      parsed = Parser.parse(source, dialect);
    } catch (SyntaxException e) {
      throw new CompilationException(source, List.of(e.diagnostic()));
    }
    Checker.Checked<R> checked = Checker.check(parsed.expr(), functions, variables);
    List<Diagnostic> all = new ArrayList<>(parsed.differences());
    all.addAll(checked.diagnostics());
    all.sort(java.util.Comparator.comparingInt(d -> d.span().start()));
    if (checked.faulty()) {
      throw new CompilationException(source, all);
    }
    return new Program<>(
        source,
        parsed.expr(),
        all,
        functions,
        variables,
        checked,
        Compiler.compile(source, checked, functions, variables.strict()));
  }

  /// The faults and warnings of a source, without running anything.
  public static <R> List<Diagnostic> check(
      String source, Dialect dialect, FunctionRegistry functions, Variables<R> variables) {
    try {
      Parser.Parsed parsed = Parser.parse(source, dialect);
      List<Diagnostic> all = new ArrayList<>(parsed.differences());
      all.addAll(Checker.check(parsed.expr(), functions, variables).diagnostics());
      all.sort(java.util.Comparator.comparingInt(d -> d.span().start()));
      return all;
    } catch (SyntaxException e) {
      return List.of(e.diagnostic());
    }
  }

  private static void names(Expr expr, SequencedSet<String> names) {
    if (expr instanceof Expr.Variable variable) {
      names.add(variable.name());
    }
    for (Expr child : expr.children()) {
      names(child, names);
    }
  }

  public String source() {
    return source;
  }

  /// The tree of the source, before folding.
  public Expr expr() {
    return expr;
  }

  /// The tree that runs, with constants folded.
  Expr folded() {
    return checked.folded();
  }

  FunctionRegistry functions() {
    return functions;
  }

  /// What its variables were resolved by.
  Variables<R> reads() {
    return variables;
  }

  /// A part of the tree that runs, compiled alone; null where it is too large for a class.
  ///
  /// @param part not within a lambda
  @Nullable CompiledProgram part(Expr part) {
    return Compiler.compile(
        source,
        new Checker.Checked<>(part, List.of(), checked.variables(), checked.bodies()),
        functions,
        variables.strict());
  }

  /// What the checker does not like but lets run.
  public List<Diagnostic> warnings() {
    return warnings;
  }

  /// The variables it reads, in the order of the source.
  public SequencedSet<String> variables() {
    return java.util.Collections.unmodifiableSequencedSet(names);
  }

  /// Whether it runs as bytecode; a program too large for a class is interpreted.
  public boolean isCompiled() {
    return compiled != null;
  }

  /// Its value for a record. Fills the evaluation's budgets up first.
  ///
  /// @throws EvaluationException when it has none
  public @Nullable Object evaluate(Evaluation evaluation, R target) {
    evaluation.reset();
    return compiled == null
        ? interpreter.evaluate(expr, evaluation, target)
        : compiled.run(evaluation, target);
  }

  /// Whether its value counts as true. Allocates nothing of its own.
  ///
  /// @throws EvaluationException when it has none
  public boolean test(Evaluation evaluation, R target) {
    evaluation.reset();
    return compiled == null
        ? Truth.of(interpreter.evaluate(expr, evaluation, target))
        : compiled.test(evaluation, target);
  }

  /// Its value by the interpreter: what [#evaluate] must answer too, slowly.
  ///
  /// @throws EvaluationException when it has none
  public @Nullable Object interpret(Evaluation evaluation, R target) {
    evaluation.reset();
    return interpreter.evaluate(expr, evaluation, target);
  }

  /// The value of each of its parts for a record. Never fails: a failure is part of the explanation.
  public Explanation explain(Evaluation evaluation, R target) {
    evaluation.reset();
    IdentityHashMap<Expr, Outcome> outcomes = new IdentityHashMap<>();
    Interpreter<R> watched =
        new Interpreter<>(
            source,
            functions,
            variables,
            new Interpreter.Watcher() {
              @Override
              public void value(Expr node, @Nullable Object value) {
                outcomes.put(node, new Outcome(value, null));
              }

              @Override
              public void failed(Expr node, EvaluationException failure) {
                outcomes.put(node, new Outcome(null, failure.reason()));
              }
            });
    try {
      watched.evaluate(expr, evaluation, target);
    } catch (EvaluationException _) {
      // The watcher has it, at the node that failed and at all around it.
    }
    return explanation(expr, outcomes);
  }

  private record Outcome(@Nullable Object value, @Nullable String failure) {}

  private Explanation explanation(Expr node, IdentityHashMap<Expr, Outcome> outcomes) {
    List<Explanation> parts = new ArrayList<>();
    for (Expr child : node.children()) {
      if (node instanceof Expr.Exists) {
        break;
      }
      parts.add(explanation(child, outcomes));
    }
    Outcome outcome = outcomes.get(node);
    return new Explanation(
        source.substring(
            Math.min(node.span().start(), source.length()),
            Math.min(node.span().end(), source.length())),
        node.span(),
        outcome == null
            ? Explanation.Outcome.NOT_REACHED
            : outcome.failure() == null ? Explanation.Outcome.VALUE : Explanation.Outcome.FAILED,
        outcome == null ? null : outcome.value(),
        outcome == null ? null : outcome.failure(),
        parts);
  }
}
