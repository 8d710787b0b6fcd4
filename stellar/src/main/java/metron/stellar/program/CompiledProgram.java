package metron.stellar.program;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import metron.stellar.function.Evaluation;
import metron.stellar.function.FunctionRegistry;
import metron.stellar.function.Lambda;
import metron.stellar.syntax.Expr;
import org.jspecify.annotations.Nullable;

/// What the hidden class of a program extends. Methods here are called from generated code.
abstract class CompiledProgram {
  /// Where a program can fail, by the number that its code keeps while it runs.
  record Sites(String source, List<Expr> nodes, FunctionRegistry functions) {}

  private final Sites sites;

  CompiledProgram(Sites sites) {
    this.sites = sites;
  }

  abstract @Nullable Object run(Evaluation evaluation, Object target);

  abstract boolean test(Evaluation evaluation, Object target);

  /// The body of a lambda.
  ///
  /// @param captured what it reads of the lambdas around it
  /// @param rest all arguments where there may be more than three, else null
  abstract @Nullable Object lambda(
      int id,
      Evaluation evaluation,
      Object target,
      @Nullable Object[] captured,
      @Nullable Object first,
      @Nullable Object second,
      @Nullable Object third,
      @Nullable Object @Nullable [] rest);

  final RuntimeException failure(Throwable cause, int site) {
    if (cause instanceof Error error && !(cause instanceof StackOverflowError)) {
      throw error;
    }
    return Failures.in(sites.source, sites.nodes.get(site), sites.functions, cause);
  }

  static List<@Nullable Object> newList(Evaluation evaluation, int size) {
    evaluation.allocate(16L * size);
    return new ArrayList<>(size);
  }

  static Map<@Nullable Object, @Nullable Object> newMap(Evaluation evaluation, int size) {
    evaluation.allocate(48L * size);
    return new LinkedHashMap<>();
  }

  /// The first of two equal keys wins, as in Metron.
  static void put(
      Map<@Nullable Object, @Nullable Object> map, @Nullable Object key, @Nullable Object value) {
    if (!map.containsKey(key)) {
      map.put(key, value);
    }
  }

  /// The value of a case of `match`: a lambda there is called.
  static @Nullable Object action(@Nullable Object value) {
    return value instanceof Lambda lambda ? lambda.call() : value;
  }

  /// `(x) -> …` of a compiled program.
  static final class CompiledLambda extends Lambda {
    private final CompiledProgram program;
    private final int id;
    private final Evaluation evaluation;
    private final Object target;
    private final @Nullable Object[] captured;

    CompiledLambda(
        CompiledProgram program,
        int id,
        int arity,
        Evaluation evaluation,
        Object target,
        @Nullable Object[] captured) {
      super(arity);
      this.program = program;
      this.id = id;
      this.evaluation = evaluation;
      this.target = target;
      this.captured = captured;
    }

    @Override
    public @Nullable Object call(
        @Nullable Object first, @Nullable Object second, @Nullable Object third) {
      evaluation.enter();
      try {
        return program.lambda(id, evaluation, target, captured, first, second, third, null);
      } finally {
        evaluation.leave();
      }
    }

    @Override
    public @Nullable Object callAll(@Nullable Object[] arguments) {
      evaluation.enter();
      try {
        return program.lambda(
            id,
            evaluation,
            target,
            captured,
            arguments.length > 0 ? arguments[0] : null,
            arguments.length > 1 ? arguments[1] : null,
            arguments.length > 2 ? arguments[2] : null,
            arguments);
      } finally {
        evaluation.leave();
      }
    }
  }
}
