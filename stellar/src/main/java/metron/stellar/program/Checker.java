package metron.stellar.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import metron.stellar.function.Body;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.FunctionRegistry;
import metron.stellar.function.Parameter;
import metron.stellar.function.Signature;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.syntax.Diagnostic;
import metron.stellar.syntax.Expr;
import metron.stellar.syntax.Parser;
import metron.stellar.syntax.Span;
import metron.stellar.value.Truth;

/// Finds what can be known to be wrong before a program runs, resolves names, and folds what is
/// constant. A fault in a branch that is never reached is a fault all the same.
///
/// @param <R> what programs run on
final class Checker<R> {
  private final FunctionRegistry functions;
  private final Variables<R> variables;
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final Map<String, Variable<R>> resolved = new HashMap<>();
  private final IdentityHashMap<Expr.Call, Body> bodies = new IdentityHashMap<>();

  private Checker(FunctionRegistry functions, Variables<R> variables) {
    this.functions = functions;
    this.variables = variables;
  }

  /// What a compiler needs.
  ///
  /// @param folded the tree with constants folded; its meaning is that of the tree checked
  /// @param bodies of every call in the folded tree
  record Checked<R>(
      Expr folded,
      List<Diagnostic> diagnostics,
      Map<String, Variable<R>> variables,
      IdentityHashMap<Expr.Call, Body> bodies) {
    boolean faulty() {
      return diagnostics.stream().anyMatch(d -> d.severity() == Diagnostic.Severity.ERROR);
    }
  }

  static <R> Checked<R> check(Expr expr, FunctionRegistry functions, Variables<R> variables) {
    Checker<R> checker = new Checker<>(functions, variables);
    Expr folded = checker.fold(expr);
    return new Checked<>(folded, checker.diagnostics, checker.resolved, checker.bodies);
  }

  private void error(Span span, String message) {
    diagnostics.add(Diagnostic.error(span, message));
  }

  private void warn(Span span, String message) {
    diagnostics.add(Diagnostic.warning(span, message));
  }

  private List<Expr> fold(List<Expr> list) {
    List<Expr> folded = new ArrayList<>(list.size());
    for (Expr e : list) {
      folded.add(fold(e));
    }
    return folded;
  }

  private Expr fold(Expr expr) {
    return switch (expr) {
      case Expr.Literal l -> l;
      case Expr.Local l -> l;
      case Expr.Variable v -> {
        resolve(v);
        yield v;
      }
      case Expr.Exists e -> {
        if (e.variable() instanceof Expr.Variable v) {
          resolve(v);
        }
        yield e;
      }
      case Expr.ListOf l -> new Expr.ListOf(fold(l.items()), l.span());
      case Expr.MapOf m -> {
        List<Expr.MapOf.Entry> entries = new ArrayList<>();
        for (Expr.MapOf.Entry e : m.entries()) {
          entries.add(new Expr.MapOf.Entry(fold(e.key()), fold(e.value())));
        }
        yield new Expr.MapOf(entries, m.span());
      }
      case Expr.Negate n -> {
        Expr operand = fold(n.operand());
        number(operand, "'-' is before %s, expected a number");
        yield constant(new Expr.Negate(operand, n.span()));
      }
      case Expr.Not n -> constant(new Expr.Not(fold(n.operand()), n.span()));
      case Expr.Arithmetic a -> {
        Expr left = fold(a.left());
        Expr right = fold(a.right());
        String operator = "'" + a.operator().text() + "' has %s on its ";
        boolean leftFits = number(left, operator + "left, expected a number");
        boolean rightFits = number(right, operator + "right, expected a number");
        Expr folded = new Expr.Arithmetic(a.operator(), left, right, a.at());
        yield leftFits && rightFits ? constant(folded) : folded;
      }
      case Expr.Compare c ->
          constant(new Expr.Compare(c.operator(), fold(c.left()), fold(c.right()), c.at()));
      case Expr.In i -> constant(new Expr.In(i.negated(), fold(i.needle()), fold(i.haystack())));
      case Expr.Logic l -> logic(l);
      case Expr.If i -> {
        Expr condition = fold(i.condition());
        Expr then = fold(i.then());
        Expr otherwise = fold(i.otherwise());
        yield condition instanceof Expr.Literal known
            ? Truth.of(known.value()) ? then : otherwise
            : new Expr.If(condition, then, otherwise, i.span());
      }
      case Expr.Match m -> {
        List<Expr.Match.Case> cases = new ArrayList<>();
        for (Expr.Match.Case c : m.cases()) {
          cases.add(new Expr.Match.Case(fold(c.condition()), fold(c.action())));
        }
        yield new Expr.Match(cases, fold(m.otherwise()), m.span());
      }
      case Expr.Lambda l -> new Expr.Lambda(l.variables(), fold(l.body()), l.span());
      case Expr.Call c -> call(c);
    };
  }

  private Expr logic(Expr.Logic logic) {
    List<Expr> operands = new ArrayList<>();
    for (Expr operand : fold(logic.operands())) {
      boolean decided =
          !operands.isEmpty()
              && operands.getLast() instanceof Expr.Literal last
              && Truth.of(last.value()) != logic.and();
      if (decided) {
        continue;
      }
      boolean neutral =
          operand instanceof Expr.Literal known && Truth.of(known.value()) == logic.and();
      if (!neutral) {
        operands.add(operand);
      }
    }
    if (operands.isEmpty()) {
      return new Expr.Literal(logic.and(), logic.span());
    }
    if (operands.getFirst() instanceof Expr.Literal) {
      return new Expr.Literal(!logic.and(), logic.span());
    }
    if (operands.size() == 1) {
      // A chain answers a boolean, its operand may be anything.
      operands.add(new Expr.Literal(logic.and(), logic.span()));
    }
    return new Expr.Logic(logic.and(), operands);
  }

  private void resolve(Expr.Variable variable) {
    if (resolved.containsKey(variable.name())) {
      return;
    }
    Variable<R> found = variables.resolve(variable.name());
    if (found == null) {
      error(
          variable.span(),
          "there is no variable '"
              + variable.name()
              + "'"
              + Suggestion.of(variable.name(), variables.names()));
      return;
    }
    resolved.put(variable.name(), found);
  }

  private boolean number(Expr operand, String message) {
    boolean wrong =
        switch (operand) {
          case Expr.Literal l -> l.value() != null && !(l.value() instanceof Number);
          case Expr.ListOf _,
              Expr.MapOf _,
              Expr.Lambda _,
              Expr.Compare _,
              Expr.In _,
              Expr.Logic _,
              Expr.Not _,
              Expr.Exists _ ->
              true;
          default -> false;
        };
    if (wrong) {
      error(operand.span(), message.formatted(shown(operand)));
    }
    return !wrong;
  }

  private static String shown(Expr expr) {
    return switch (expr) {
      case Expr.Literal l -> Type.describe(l.value());
      case Expr.ListOf l -> "a list of " + l.items().size();
      case Expr.MapOf m -> "a map of " + m.entries().size();
      case Expr.Lambda _ -> "a lambda";
      case Expr.Compare _, Expr.In _, Expr.Logic _, Expr.Not _, Expr.Exists _ -> "a boolean";
      default -> "a value";
    };
  }

  private Expr call(Expr.Call call) {
    List<Expr> arguments = fold(call.arguments());
    Expr.Call folded = new Expr.Call(call.name(), arguments, call.nameSpan(), call.span());
    StellarFunction function = functions.function(call.name());
    if (function == null) {
      String reason = functions.reasonAgainst(call.name());
      if (reason != null) {
        error(call.nameSpan(), "there is no function '" + call.name() + "' here. " + reason);
        return folded;
      }
      List<String> candidates = new ArrayList<>(functions.names());
      for (String keyword : Parser.keywords()) {
        candidates.add(keyword);
      }
      error(
          call.nameSpan(),
          "there is no function '" + call.name() + "'" + Suggestion.of(call.name(), candidates));
      return folded;
    }
    Signature signature = function.signature();
    int given = arguments.size();
    if (given < signature.minimum() || given > signature.maximum()) {
      error(
          given > signature.maximum() ? arguments.get(signature.maximum()).span() : call.nameSpan(),
          Failures.takes(function) + ", found " + count(given));
      return folded;
    }
    boolean typed = true;
    for (int i = 0; i < given; i++) {
      Parameter parameter = signature.parameterOf(i);
      Expr argument = arguments.get(i);
      if (parameter != null && certainlyNot(argument, parameter.types())) {
        typed = false;
        error(
            argument.span(),
            "%s, argument %d is %s, expected %s"
                .formatted(Failures.takes(function), i + 1, shown(argument), parameter.typeText()));
      }
    }
    if (!typed) {
      return folded;
    }
    Body body = function.body();
    try {
      body = function.bodyFor(new KnownArguments(arguments, functions));
    } catch (FunctionFailure f) {
      EvaluationException failure = Failures.in("", folded, functions, f);
      warn(failure.diagnostic().span(), failure.reason() + "; the call always fails");
      bodies.put(folded, body);
      return folded;
    }
    bodies.put(folded, body);
    return function.pure() ? constant(folded) : folded;
  }

  private static String count(int given) {
    return given == 0 ? "no argument" : given == 1 ? "1 argument" : given + " arguments";
  }

  private static boolean certainlyNot(Expr argument, List<Type> types) {
    return switch (argument) {
      case Expr.Literal l -> types.stream().noneMatch(t -> t.accepts(l.value()));
      case Expr.ListOf _ -> none(types, Type.LIST);
      case Expr.MapOf _ -> none(types, Type.MAP) && none(types, Type.STATE);
      case Expr.Lambda _ -> none(types, Type.LAMBDA);
      case Expr.Arithmetic _, Expr.Negate _ ->
          none(types, Type.NUMBER)
              && none(types, Type.INTEGER)
              && none(types, Type.LONG)
              && none(types, Type.FLOAT)
              && none(types, Type.DOUBLE);
      case Expr.Compare _, Expr.In _, Expr.Logic _, Expr.Not _, Expr.Exists _ ->
          none(types, Type.BOOLEAN);
      default -> false;
    };
  }

  private static boolean none(List<Type> types, Type type) {
    return !types.contains(type) && !types.contains(Type.ANY);
  }

  /// Whether a tree has the same value in every run: literals, and lists and maps of such.
  static boolean isConstant(Expr expr) {
    return switch (expr) {
      case Expr.Literal _ -> true;
      case Expr.ListOf l -> l.items().stream().allMatch(Checker::isConstant);
      case Expr.MapOf m ->
          m.entries().stream().allMatch(e -> isConstant(e.key()) && isConstant(e.value()));
      default -> false;
    };
  }

  /// The value of a node whose parts are constant, where that is one that programs can't change.
  private Expr constant(Expr expr) {
    if (!expr.children().stream().allMatch(Checker::isConstant)) {
      return expr;
    }
    try {
      Object value = KnownArguments.value(expr, functions);
      if (value == null
          || value instanceof Boolean
          || value instanceof String
          || value instanceof Integer
          || value instanceof Long
          || value instanceof Float
          || value instanceof Double) {
        return new Expr.Literal(value, expr.span());
      }
    } catch (EvaluationException e) {
      if (!e.overBudget()) {
        warn(e.diagnostic().span(), e.reason() + "; this always fails");
      }
    }
    return expr;
  }
}
