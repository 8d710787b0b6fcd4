package metron.stellar.program;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import metron.stellar.function.Body;
import metron.stellar.function.Evaluation;
import metron.stellar.function.FunctionRegistry;
import metron.stellar.function.Lambda;
import metron.stellar.function.StellarFunction;
import metron.stellar.syntax.Expr;
import metron.stellar.value.Arithmetic;
import metron.stellar.value.Comparison;
import metron.stellar.value.Membership;
import metron.stellar.value.OperatorFailure;
import metron.stellar.value.Truth;
import org.jspecify.annotations.Nullable;

/// Evaluates a tree node by node, folding and specialising nothing: what it answers is what the
/// language means. Slow; used by tests as the oracle, by the checker to fold constants, and to explain.
///
/// @param <R> what programs run on
final class Interpreter<R> {
  /// Told of every node's value; a node in a lambda is told for each call.
  interface Watcher {
    void value(Expr node, @Nullable Object value);

    void failed(Expr node, EvaluationException failure);
  }

  private final String source;
  private final FunctionRegistry functions;
  private final Variables<R> variables;
  private final @Nullable Watcher watcher;

  Interpreter(
      String source,
      FunctionRegistry functions,
      Variables<R> variables,
      @Nullable Watcher watcher) {
    this.source = source;
    this.functions = functions;
    this.variables = variables;
    this.watcher = watcher;
  }

  /// The variables of the lambdas around a node, the innermost first.
  private record Scope(int id, @Nullable Object value, @Nullable Scope outer) {}

  /// One run.
  private record Run<R>(Evaluation evaluation, @Nullable R target, boolean inLambda) {
    Run<R> lambda() {
      return new Run<>(evaluation, target, true);
    }
  }

  /// @param target null for constant expressions
  @Nullable Object evaluate(Expr expr, Evaluation evaluation, @Nullable R target) {
    return value(expr, new Run<>(evaluation, target, false), null);
  }

  private @Nullable Object value(Expr expr, Run<R> run, @Nullable Scope scope) {
    try {
      Object value = compute(expr, run, scope);
      if (watcher != null) {
        watcher.value(expr, value);
      }
      return value;
    } catch (RuntimeException | StackOverflowError e) {
      EvaluationException failure = Failures.in(source, expr, functions, e);
      if (watcher != null) {
        watcher.failed(expr, failure);
      }
      throw failure;
    }
  }

  private boolean truth(Expr expr, Run<R> run, @Nullable Scope scope) {
    return Truth.of(value(expr, run, scope));
  }

  private @Nullable Object compute(Expr expr, Run<R> run, @Nullable Scope scope) {
    return switch (expr) {
      case Expr.Literal literal -> literal.value();
      case Expr.Variable variable -> variable(variable.name(), run, run.inLambda());
      case Expr.Local local -> local(local.id(), scope);
      case Expr.Exists exists ->
          switch (exists.variable()) {
            case Expr.Variable v -> variable(v.name(), run, true) != null;
            case Expr.Local l -> local(l.id(), scope) != null;
            default -> throw new IllegalStateException("exists of " + exists.variable());
          };
      case Expr.ListOf list -> {
        run.evaluation().allocate(16L * list.items().size());
        List<@Nullable Object> items = new ArrayList<>(list.items().size());
        for (Expr item : list.items()) {
          items.add(value(item, run, scope));
        }
        yield items;
      }
      case Expr.MapOf map -> {
        run.evaluation().allocate(48L * map.entries().size());
        Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
        for (Expr.MapOf.Entry entry : map.entries()) {
          // The first of two equal keys wins, as in Metron.
          Object key = value(entry.key(), run, scope);
          Object value = value(entry.value(), run, scope);
          if (!entries.containsKey(key)) {
            entries.put(key, value);
          }
        }
        yield entries;
      }
      case Expr.Negate negate -> Arithmetic.negate(value(negate.operand(), run, scope));
      case Expr.Not not -> !truth(not.operand(), run, scope);
      case Expr.Arithmetic a -> {
        Object left = value(a.left(), run, scope);
        Object right = value(a.right(), run, scope);
        yield switch (a.operator()) {
          case ADD -> Arithmetic.add(left, right);
          case SUBTRACT -> Arithmetic.subtract(left, right);
          case MULTIPLY -> Arithmetic.multiply(left, right);
          case DIVIDE -> Arithmetic.divide(left, right);
        };
      }
      case Expr.Compare c -> {
        Object left = value(c.left(), run, scope);
        Object right = value(c.right(), run, scope);
        yield switch (c.operator()) {
          case EQUAL -> Comparison.equal(left, right);
          case NOT_EQUAL -> !Comparison.equal(left, right);
          case LESS -> Comparison.less(left, right);
          case LESS_OR_EQUAL -> Comparison.lessOrEqual(left, right);
          case GREATER -> Comparison.greater(left, right);
          case GREATER_OR_EQUAL -> Comparison.greaterOrEqual(left, right);
        };
      }
      case Expr.Logic logic -> {
        for (Expr operand : logic.operands()) {
          if (truth(operand, run, scope) != logic.and()) {
            yield !logic.and();
          }
        }
        yield logic.and();
      }
      case Expr.In in -> {
        Object needle = value(in.needle(), run, scope);
        Object haystack = value(in.haystack(), run, scope);
        yield Membership.in(needle, haystack) != in.negated();
      }
      case Expr.If i ->
          truth(i.condition(), run, scope)
              ? value(i.then(), run, scope)
              : value(i.otherwise(), run, scope);
      case Expr.Match match -> {
        for (Expr.Match.Case c : match.cases()) {
          if (truth(c.condition(), run, scope)) {
            yield action(c.action(), run, scope);
          }
        }
        yield action(match.otherwise(), run, scope);
      }
      case Expr.Lambda lambda -> new Closure(lambda, run.lambda(), scope);
      case Expr.Call call -> {
        StellarFunction function = functions.function(call.name());
        if (function == null) {
          throw new OperatorFailure("there is no function " + call.name());
        }
        @Nullable Object[] arguments = new @Nullable Object[call.arguments().size()];
        for (int i = 0; i < arguments.length; i++) {
          arguments[i] = value(call.arguments().get(i), run, scope);
        }
        Body body = function.body();
        yield body.apply(run.evaluation(), arguments);
      }
    };
  }

  private @Nullable Object variable(String name, Run<R> run, boolean lenient) {
    R target = run.target();
    Variable<R> variable = variables.resolve(name);
    if (target == null || variable == null) {
      throw new OperatorFailure("there is no variable '" + name + "'");
    }
    return lenient ? variable.orNull(target) : variable.get(target);
  }

  private @Nullable Object local(int id, @Nullable Scope scope) {
    for (Scope s = scope; s != null; s = s.outer()) {
      if (s.id() == id) {
        return s.value();
      }
    }
    throw new IllegalStateException("no local variable " + id);
  }

  private @Nullable Object action(Expr expr, Run<R> run, @Nullable Scope scope) {
    Object value = value(expr, run, scope);
    return value instanceof Lambda lambda ? lambda.call() : value;
  }

  private final class Closure extends Lambda {
    private final Expr.Lambda lambda;
    private final Run<R> run;
    private final @Nullable Scope scope;

    Closure(Expr.Lambda lambda, Run<R> run, @Nullable Scope scope) {
      super(lambda.variables().size());
      this.lambda = lambda;
      this.run = run;
      this.scope = scope;
    }

    @Override
    public @Nullable Object call(
        @Nullable Object first, @Nullable Object second, @Nullable Object third) {
      return callAll(new @Nullable Object[] {first, second, third});
    }

    @Override
    public @Nullable Object callAll(@Nullable Object[] arguments) {
      Scope inner = scope;
      for (int i = 0; i < lambda.variables().size(); i++) {
        inner = new Scope(lambda.variables().get(i).id(), Body.argument(arguments, i), inner);
      }
      run.evaluation().enter();
      try {
        return value(lambda.body(), run, inner);
      } finally {
        run.evaluation().leave();
      }
    }
  }
}
