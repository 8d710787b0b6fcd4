package metron.stellar.program;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import metron.stellar.function.Evaluation;
import metron.stellar.function.FunctionRegistry;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.TextClues;
import metron.stellar.syntax.Expr;
import metron.stellar.value.Truth;
import org.jspecify.annotations.Nullable;

/// Finds what a record must hold for a condition to be true or to fail. Three questions are asked of
/// every node, because each needs the others: when can it be true or fail, when can it be false or
/// fail, when can it fail. The answers may name too much, never too little: whoever meets a witness
/// evaluates the condition itself.
///
/// - `a and b and c` is true or fails only if b is true or fails, or a failed before b was reached; the
///   same for each operand, so the rarest one is chosen.
/// - `x == 'a'`, `x in ['a', 'b']` and `x > 5` name values of x.
/// - Everything else is asked what it answers when all its variables are null. If that is false, it
///   takes a variable that is not null to make it true. This is what makes a function of the fields of
///   one sensor cost nothing on the events of another.
final class Necessity {
  /// What one evaluation with nulls may take.
  static final Evaluation.Limits LIMITS = new Evaluation.Limits(100_000, 1 << 20, 64);

  private final FunctionRegistry functions;
  private final int rules;
  private final boolean sharing;

  /// In how many rules each witness was seen.
  private final Map<Witness, Integer> seen;

  private final Set<Witness> ofThisRule = new HashSet<>();
  private final Map<String, Expr> shapes = new HashMap<>();
  private final IdentityHashMap<Expr, String> shapeOf = new IdentityHashMap<>();

  /// @param rules how many rules there are
  /// @param seen in how many of them each witness was seen, which whoever asks may fill later
  /// @param sharing whether parts may wait for others; not those that others wait for
  Necessity(FunctionRegistry functions, int rules, Map<Witness, Integer> seen, boolean sharing) {
    this.sharing = sharing;
    this.functions = functions;
    this.rules = rules;
    this.seen = seen;
  }

  /// What a record must hold for a condition to be true or to fail.
  Evidence of(Expr condition) {
    return truthy(condition);
  }

  /// All witnesses that were thought of, chosen or not.
  Set<Witness> considered() {
    return ofThisRule;
  }

  /// The condition behind a [Witness.Holds] or [Witness.Fails].
  Expr condition(String shape) {
    return java.util.Objects.requireNonNull(shapes.get(shape));
  }

  private Evidence truthy(Expr expr) {
    return switch (expr) {
      case Expr.Literal l -> Truth.of(l.value()) ? Evidence.ALWAYS : Evidence.NEVER;
      case Expr.Variable v when known(v) -> named(new Witness.Present(v.name()));
      case Expr.Exists e when e.variable() instanceof Expr.Variable v && known(v) ->
          named(new Witness.Present(v.name()));
      case Expr.Lambda _ -> Evidence.NEVER;
      case Expr.Not n -> falsy(n.operand());
      case Expr.Logic l when l.and() -> pivot(l.operands(), true);
      case Expr.Logic l -> union(l.operands(), true);
      case Expr.If i -> conditional(i, true);
      case Expr.Compare c -> best(compared(c, true), other(c, true));
      case Expr.In i -> best(i.negated() ? Evidence.ALWAYS : member(i), other(i, true));
      default -> other(expr, true);
    };
  }

  private Evidence falsy(Expr expr) {
    return switch (expr) {
      case Expr.Literal l -> Truth.of(l.value()) ? Evidence.NEVER : Evidence.ALWAYS;
      case Expr.Exists e when e.variable() instanceof Expr.Variable v && known(v) ->
          named(new Witness.Absent(v.name()));
      case Expr.Lambda _ -> Evidence.ALWAYS;
      case Expr.Not n -> truthy(n.operand());
      case Expr.Logic l when l.and() -> union(l.operands(), false);
      case Expr.Logic l -> pivot(l.operands(), false);
      case Expr.If i -> conditional(i, false);
      case Expr.Compare c -> best(compared(c, false), other(c, false));
      case Expr.In i -> best(i.negated() ? member(i) : Evidence.ALWAYS, other(i, false));
      default -> other(expr, false);
    };
  }

  private Evidence fails(Expr expr) {
    return switch (expr) {
      case Expr.Literal _, Expr.Local _, Expr.Lambda _ -> Evidence.NEVER;
      case Expr.Variable v -> known(v) ? Evidence.NEVER : Evidence.ALWAYS;
      case Expr.Exists e -> fails(e.variable());
      case Expr.Not n -> fails(n.operand());
      case Expr.Logic l -> failing(l.operands());
      case Expr.If i -> failing(i.children());
      case Expr.Compare c -> best(failing(c.children()).or(orderFails(c)), otherFails(c));
      case Expr.Arithmetic a when !mayDivideByNought(a) ->
          best(
              failing(a.children()).or(notNumber(a.left())).or(notNumber(a.right())),
              otherFails(a));
      case Expr.In i when constants(i) != null || i.haystack() instanceof Expr.Literal ->
          best(fails(i.needle()), otherFails(i));
      default -> otherFails(expr);
    };
  }

  /// What can be said of the failures of any node.
  private Evidence otherFails(Expr expr) {
    Nulls nulls = withNulls(expr);
    Evidence best = nulls == Nulls.FAILURE ? Evidence.ALWAYS : present(expr);
    TextClues clues = nulls == Nulls.FAILURE ? null : clues(expr);
    if (clues != null && !clues.mayFail()) {
      best = best(best, notText((Expr.Variable) ((Expr.Call) expr).arguments().getFirst()));
    }
    return nulls != Nulls.UNKNOWN && shareable(expr)
        ? best(best, named(new Witness.Fails(shape(expr))))
        : best;
  }

  private Evidence failing(List<Expr> parts) {
    Evidence all = Evidence.NEVER;
    for (Expr part : parts) {
      all = all.or(fails(part));
    }
    return all;
  }

  private Evidence answer(Expr expr, boolean wanted) {
    return wanted ? truthy(expr) : falsy(expr);
  }

  /// One operand decides: the rarest, with the failures of all before it.
  private Evidence pivot(List<Expr> operands, boolean wanted) {
    Evidence before = Evidence.NEVER;
    Evidence best = Evidence.ALWAYS;
    for (Expr operand : operands) {
      best = best(best, answer(operand, wanted).or(before));
      before = before.or(fails(operand));
    }
    return best;
  }

  private Evidence union(List<Expr> operands, boolean wanted) {
    Evidence all = Evidence.NEVER;
    for (Expr operand : operands) {
      all = all.or(answer(operand, wanted));
    }
    return all;
  }

  private Evidence conditional(Expr.If i, boolean wanted) {
    Evidence then = answer(i.then(), wanted);
    Evidence otherwise = answer(i.otherwise(), wanted);
    Evidence best = fails(i.condition()).or(then).or(otherwise);
    if (otherwise.never()) {
      best = best(best, truthy(i.condition()));
    }
    if (then.never()) {
      best = best(best, falsy(i.condition()));
    }
    return best;
  }

  private Evidence compared(Expr.Compare c, boolean wanted) {
    Expr.Compare.Operator operator = c.operator();
    Expr.Variable variable;
    Object constant;
    if (c.left() instanceof Expr.Variable v && c.right() instanceof Expr.Literal l) {
      variable = v;
      constant = l.value();
    } else if (c.left() instanceof Expr.Literal l && c.right() instanceof Expr.Variable v) {
      variable = v;
      constant = l.value();
      operator =
          switch (operator) {
            case EQUAL, NOT_EQUAL -> operator;
            case LESS -> Expr.Compare.Operator.GREATER;
            case LESS_OR_EQUAL -> Expr.Compare.Operator.GREATER_OR_EQUAL;
            case GREATER -> Expr.Compare.Operator.LESS;
            case GREATER_OR_EQUAL -> Expr.Compare.Operator.LESS_OR_EQUAL;
          };
    } else {
      return Evidence.ALWAYS;
    }
    if (!known(variable)) {
      return Evidence.ALWAYS;
    }
    String name = variable.name();
    return switch (operator) {
      case EQUAL -> wanted ? equal(name, constant) : notEqual(name, constant);
      case NOT_EQUAL -> wanted ? notEqual(name, constant) : equal(name, constant);
      case LESS, LESS_OR_EQUAL -> ordered(name, constant, wanted, !wanted);
      case GREATER, GREATER_OR_EQUAL -> ordered(name, constant, wanted, wanted);
    };
  }

  private Evidence equal(String variable, @Nullable Object constant) {
    return switch (constant) {
      case null -> named(new Witness.Absent(variable));
      case String s -> named(new Witness.Equal(variable, s));
      case Boolean b -> named(new Witness.Equal(variable, b));
      case Number n -> {
        Double number = Witness.number(n);
        yield named(
            number == null ? new Witness.Present(variable) : new Witness.Equal(variable, number));
      }
      default -> named(new Witness.Present(variable));
    };
  }

  private Evidence notEqual(String variable, @Nullable Object constant) {
    return constant == null ? named(new Witness.Present(variable)) : Evidence.ALWAYS;
  }

  /// An order with a constant; one with null is false.
  private Evidence ordered(
      String variable, @Nullable Object constant, boolean wanted, boolean atLeast) {
    Double bound = constant instanceof Number n ? Witness.number(n) : null;
    if (bound == null || bound.isNaN()) {
      return wanted ? named(new Witness.Present(variable)) : Evidence.ALWAYS;
    }
    Evidence numbers =
        named(atLeast ? new Witness.AtLeast(variable, bound) : new Witness.AtMost(variable, bound))
            .or(named(new Witness.NotNumber(variable)));
    return wanted ? numbers : numbers.or(named(new Witness.Absent(variable)));
  }

  /// When an order is between two values that have none.
  private Evidence orderFails(Expr.Compare c) {
    switch (c.operator()) {
      case EQUAL, NOT_EQUAL -> {
        return Evidence.NEVER;
      }
      default -> {
        // An order, below.
      }
    }
    return best(ofKind(c.left(), c.right()), ofKind(c.right(), c.left()));
  }

  private static boolean mayDivideByNought(Expr.Arithmetic a) {
    return a.operator() == Expr.Arithmetic.Operator.DIVIDE
        && !(a.right() instanceof Expr.Literal l
            && l.value() instanceof Number n
            && n.doubleValue() != 0);
  }

  /// When an operand is neither null nor a number, if it is computed at all.
  private Evidence notNumber(Expr operand) {
    if (number(operand) || (operand instanceof Expr.Literal l && l.value() == null)) {
      return Evidence.NEVER;
    }
    return operand instanceof Expr.Variable v && known(v)
        ? named(new Witness.NotNumber(v.name()))
        : Evidence.ALWAYS;
  }

  private Evidence ofKind(Expr certain, Expr other) {
    if (certain instanceof Expr.Literal l && l.value() == null) {
      return Evidence.NEVER;
    }
    if (number(certain)) {
      return notNumber(other);
    }
    return certain instanceof Expr.Literal l
            && l.value() instanceof String
            && other instanceof Expr.Variable v
            && known(v)
        ? named(new Witness.NotText(v.name()))
        : Evidence.ALWAYS;
  }

  /// Whether a node answers a number or null, or fails.
  private boolean number(Expr expr) {
    return switch (expr) {
      case Expr.Literal l -> l.value() instanceof Number;
      case Expr.Arithmetic _, Expr.Negate _ -> true;
      case Expr.Call c -> {
        StellarFunction function = functions.function(c.name());
        yield function != null
            && switch (function.signature().result()) {
              case NUMBER, INTEGER, LONG, FLOAT, DOUBLE -> true;
              default -> false;
            };
      }
      default -> false;
    };
  }

  /// The constants of `x in [constants]`.
  private static @Nullable List<Expr> constants(Expr.In in) {
    return in.haystack() instanceof Expr.ListOf list
            && list.items().stream().allMatch(i -> i instanceof Expr.Literal)
        ? list.items()
        : null;
  }

  private Evidence member(Expr.In in) {
    List<Expr> constants = constants(in);
    if (constants == null || !(in.needle() instanceof Expr.Variable v) || !known(v)) {
      return Evidence.ALWAYS;
    }
    Evidence any = Evidence.NEVER;
    for (Expr constant : constants) {
      any = any.or(equal(v.name(), ((Expr.Literal) constant).value()));
    }
    return any;
  }

  /// What can be said of any node: what it answers to nulls, and that other rules have it too.
  private Evidence other(Expr expr, boolean wanted) {
    Nulls nulls = withNulls(expr);
    if (nulls == Nulls.UNKNOWN) {
      return Evidence.ALWAYS;
    }
    Evidence best = nulls == (wanted ? Nulls.FALSE : Nulls.TRUE) ? present(expr) : Evidence.ALWAYS;
    if (wanted && nulls == Nulls.FALSE) {
      best = best(best, clued(expr));
    }
    return wanted && shareable(expr) ? best(best, named(new Witness.Holds(shape(expr)))) : best;
  }

  /// What a text must be like for a call, or `'part' in text`, to be true.
  private Evidence clued(Expr expr) {
    if (expr instanceof Expr.In in
        && !in.negated()
        && in.needle() instanceof Expr.Literal l
        && l.value() instanceof String part
        && in.haystack() instanceof Expr.Variable v) {
      return named(new Witness.Text(v.name(), new TextClues.Part(part))).or(notText(v));
    }
    TextClues clues = clues(expr);
    if (clues == null) {
      return Evidence.ALWAYS;
    }
    Expr.Variable variable = (Expr.Variable) ((Expr.Call) expr).arguments().getFirst();
    Evidence any = notText(variable);
    for (TextClues.Clue clue : clues.any()) {
      any = any.or(named(new Witness.Text(variable.name(), clue)));
    }
    return any;
  }

  /// The clues of a call whose first argument is a variable.
  private @Nullable TextClues clues(Expr expr) {
    if (!(expr instanceof Expr.Call call)
        || call.arguments().isEmpty()
        || !(call.arguments().getFirst() instanceof Expr.Variable v)
        || !known(v)) {
      return null;
    }
    StellarFunction function = functions.function(call.name());
    if (function == null) {
      return null;
    }
    if (!found.containsKey(call)) {
      found.put(call, function.cluesOf(new KnownArguments(call.arguments(), functions)));
    }
    return found.get(call);
  }

  private final IdentityHashMap<Expr, @Nullable TextClues> found = new IdentityHashMap<>();

  private Evidence notText(Expr.Variable variable) {
    return named(new Witness.NotText(variable.name()));
  }

  private String shape(Expr expr) {
    String shape = shapeOf.computeIfAbsent(expr, Shape::of);
    shapes.putIfAbsent(shape, expr);
    return shape;
  }

  /// Whether to ask a node once for all rules that have it: not what the index answers by itself.
  private boolean shareable(Expr expr) {
    return sharing
        && switch (expr) {
          case Expr.Call _ -> true;
          case Expr.In i -> !(i.needle() instanceof Expr.Variable && constants(i) != null);
          case Expr.Compare c ->
              !(c.left() instanceof Expr.Variable && c.right() instanceof Expr.Literal)
                  && !(c.left() instanceof Expr.Literal && c.right() instanceof Expr.Variable);
          default -> false;
        };
  }

  private enum Nulls {
    TRUE,
    FALSE,
    FAILURE,
    UNKNOWN
  }

  private final IdentityHashMap<Expr, Nulls> answers = new IdentityHashMap<>();

  /// What a node answers when all its variables are null.
  private Nulls withNulls(Expr expr) {
    Nulls known = answers.get(expr);
    if (known == null) {
      known = repeatable(expr) ? ask(expr) : Nulls.UNKNOWN;
      answers.put(expr, known);
    }
    return known;
  }

  private Nulls ask(Expr expr) {
    Interpreter<Object> interpreter = new Interpreter<>("", functions, _ -> _ -> null, null);
    try {
      return Truth.of(
              interpreter.evaluate(
                  expr, Evaluation.of(LIMITS, () -> Instant.EPOCH, Map.of()), new Object()))
          ? Nulls.TRUE
          : Nulls.FALSE;
    } catch (EvaluationException _) {
      return Nulls.FAILURE;
    }
  }

  /// Whether a node answers the same whenever its variables are the same.
  private boolean repeatable(Expr expr) {
    return switch (expr) {
          case Expr.Variable v -> known(v);
          case Expr.Call c -> {
            StellarFunction function = functions.function(c.name());
            yield function != null && function.pure();
          }
          default -> true;
        }
        && expr.children().stream().allMatch(this::repeatable);
  }

  private static boolean known(Expr.Variable variable) {
    return !variable.name().equals(Variables.ALL);
  }

  private Evidence present(Expr... exprs) {
    Set<String> names = new HashSet<>();
    for (Expr expr : exprs) {
      if (!repeatable(expr)) {
        return Evidence.ALWAYS;
      }
      variables(expr, names);
    }
    Evidence any = Evidence.NEVER;
    for (String name : names) {
      any = any.or(named(new Witness.Present(name)));
    }
    return any;
  }

  private static void variables(Expr expr, Set<String> names) {
    if (expr instanceof Expr.Variable v) {
      names.add(v.name());
    }
    for (Expr child : expr.children()) {
      variables(child, names);
    }
  }

  private Evidence named(Witness witness) {
    ofThisRule.add(witness);
    return Evidence.of(witness);
  }

  private Evidence best(Evidence a, Evidence b) {
    return cost(b) < cost(a) ? b : a;
  }

  /// The share of records that will have one of the witnesses: a guess from how many rules name it.
  private double cost(Evidence evidence) {
    if (evidence.always()) {
      return 1;
    }
    double sum = 0;
    for (Witness witness : evidence.any()) {
      int count = Math.max(1, seen.getOrDefault(witness, 1));
      sum +=
          switch (witness) {
            case Witness.Equal _ -> 0.005 + (double) count / Math.max(rules, 100);
            case Witness.NotNumber _, Witness.NotText _ -> 0.0001;
            // One evaluation for all, then those for which it holds.
            case Witness.Holds _ -> count == 1 ? 1.5 : 0.1 + 0.5 / count;
            case Witness.Fails _ -> count == 1 ? 0.6 : 0.01 + 0.5 / count;
            case Witness.AtLeast _, Witness.AtMost _ -> 0.3;
            // A variable that many rules name is one that most records have.
            case Witness.Present _ -> Math.min(0.6, 0.1 + 2.0 * count / Math.max(rules, 20));
            case Witness.Text t ->
                switch (t.clue()) {
                  case TextClues.Prefix _, TextClues.Suffix _ -> 0.02;
                  case TextClues.Part _ -> 0.03;
                  // Half of all addresses are in the block of one bit.
                  case TextClues.Block b -> 0.01 + Math.max(0, 116 - b.prefix()) / 100.0;
                };
            case Witness.Absent _ -> 0.7;
          };
    }
    return sum;
  }
}
