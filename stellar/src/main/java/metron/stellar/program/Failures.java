package metron.stellar.program;

import metron.stellar.function.BudgetExceeded;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.FunctionRegistry;
import metron.stellar.function.StellarFunction;
import metron.stellar.syntax.Expr;
import metron.stellar.syntax.Span;
import metron.stellar.value.OperatorFailure;

/// What went wrong in a node, in words with a place; the same for interpreter and compiled programs.
final class Failures {
  private Failures() {}

  /// @param cause not an [EvaluationException], which already says all
  static EvaluationException in(
      String source, Expr node, FunctionRegistry functions, Throwable cause) {
    return switch (cause) {
      case EvaluationException known -> known;
      case BudgetExceeded b -> new EvaluationException(source, place(node), message(b), true);
      case StackOverflowError _ ->
          new EvaluationException(
              source, place(node), "the program calls itself too deeply for its stack", true);
      case OperatorFailure f -> new EvaluationException(source, place(node), message(f), false);
      case FunctionFailure f when node instanceof Expr.Call call ->
          new EvaluationException(
              source,
              f.argument() > 0 && f.argument() <= call.arguments().size()
                  ? call.arguments().get(f.argument() - 1).span()
                  : call.nameSpan(),
              said(call, functions, f),
              false);
      default ->
          new EvaluationException(
              source,
              place(node),
              "a fault of Stellar"
                  + (node instanceof Expr.Call call ? "'s function " + call.name() : "")
                  + ", not of the program: "
                  + cause,
              false);
    };
  }

  private static String message(Throwable t) {
    return String.valueOf(t.getMessage());
  }

  private static String said(Expr.Call call, FunctionRegistry functions, FunctionFailure failure) {
    String message = message(failure);
    if (failure.argument() == 0) {
      return call.name() + ": " + message;
    }
    StellarFunction function = functions.function(call.name());
    if (message.startsWith("is ") && function != null) {
      return takes(function) + ", argument " + failure.argument() + " " + message;
    }
    return call.name() + ": argument " + failure.argument() + ": " + message;
  }

  static String takes(StellarFunction function) {
    return function.name()
        + " takes "
        + function.signature().text().substring(function.name().length());
  }

  private static Span place(Expr node) {
    return switch (node) {
      case Expr.Arithmetic a -> a.at();
      case Expr.Compare c -> c.at();
      case Expr.Call c -> c.nameSpan();
      default -> node.span();
    };
  }
}
