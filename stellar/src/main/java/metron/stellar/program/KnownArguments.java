package metron.stellar.program;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import metron.stellar.function.Evaluation;
import metron.stellar.function.FunctionRegistry;
import metron.stellar.function.Specialiser;
import metron.stellar.syntax.Expr;
import org.jspecify.annotations.Nullable;

/// The arguments of a call as a specialiser sees them.
record KnownArguments(List<Expr> arguments, FunctionRegistry functions)
    implements Specialiser.Call {
  // Constants are computed while the user waits for the editor: a tenth of a program's budget.
  private static final Evaluation.Limits FOLDING = new Evaluation.Limits(100_000, 1 << 20, 64);

  @Override
  public int size() {
    return arguments.size();
  }

  @Override
  public boolean known(int index) {
    return index < arguments.size() && Checker.isConstant(arguments.get(index));
  }

  @Override
  public @Nullable Object value(int index) {
    if (!known(index)) {
      throw new IllegalArgumentException("argument " + index + " is not known");
    }
    return value(arguments.get(index), functions);
  }

  /// The value of a tree without variables.
  ///
  /// @throws EvaluationException when it has none
  static @Nullable Object value(Expr expr, FunctionRegistry functions) {
    return new Interpreter<>("", functions, _ -> null, null)
        .evaluate(expr, Evaluation.of(FOLDING, () -> Instant.EPOCH, Map.of()), null);
  }
}
