package metron.stellar.functions;

import java.util.function.IntToDoubleFunction;
import metron.stellar.function.FunctionFailure;

/// Bins between rising bounds: bin `i` holds what is above bound `i - 1` and not above bound `i`.
public final class Bins {
  private Bins() {}

  /// @param argument the argument that gave the bounds, to blame when they fall
  /// @return 0 to `count`; `count` is above the last bound
  public static int find(double value, int count, IntToDoubleFunction bound, int argument) {
    double last = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      double next = bound.applyAsDouble(i);
      if (last > next) {
        throw FunctionFailure.argument(
            argument, "has %s after %s, expected bounds that do not fall".formatted(next, last));
      }
      if (value <= next) {
        return i;
      }
      last = next;
    }
    return count;
  }
}
