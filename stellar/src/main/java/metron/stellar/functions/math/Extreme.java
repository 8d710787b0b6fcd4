package metron.stellar.functions.math;

import java.util.Collection;
import metron.stellar.function.Evaluation;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.Type;
import metron.stellar.functions.Conversion;
import org.jspecify.annotations.Nullable;

/// The largest or smallest of some values.
///
/// Each value is compared with the best one so far after that has been turned into the class of the
/// value, as Metron does it: `MIN([1.5, 1])` is therefore 1.5 (which is 1 as an integer, and 1 is
/// not less than 1), and a text of digits compares with a number.
final class Extreme {
  private Extreme() {}

  /// @param sign 1 for the largest, -1 for the smallest
  static @Nullable Object of(Evaluation evaluation, @Nullable Object values, int sign) {
    if (!(values instanceof Collection<?> elements)) {
      throw FunctionFailure.type(1, values, "list, set or statistics");
    }
    Object best = null;
    for (Object element : elements) {
      evaluation.step();
      if (element == null) {
        continue;
      }
      if (best == null) {
        if (!(element instanceof Number
            || element instanceof String
            || element instanceof Boolean)) {
          throw FunctionFailure.argument(
              1, "has " + Type.describe(element) + ", which does not compare");
        }
        best = element;
      } else if (compare(element, best) * sign > 0) {
        best = element;
      }
    }
    return best;
  }

  private static int compare(Object element, Object best) {
    return switch (element) {
      case Integer i -> {
        Integer b = Conversion.toInteger(best);
        yield b == null ? refuse(best, element) : i.compareTo(b);
      }
      case Long l -> {
        Long b = Conversion.toLong(best);
        yield b == null ? refuse(best, element) : l.compareTo(b);
      }
      case Float f -> {
        Float b = Conversion.toFloat(best);
        yield b == null ? refuse(best, element) : f.compareTo(b);
      }
      case Double d -> {
        Double b = Conversion.toDouble(best);
        yield b == null ? refuse(best, element) : d.compareTo(b);
      }
      case Boolean t -> {
        Boolean b = Conversion.toBoolean(best);
        yield b == null ? refuse(best, element) : t.compareTo(b);
      }
      case String s -> s.compareTo(best.toString());
      default -> refuse(best, element);
    };
  }

  private static int refuse(Object best, Object element) {
    throw FunctionFailure.argument(
        1,
        "has %s and %s, which do not compare"
            .formatted(Type.describe(best), Type.describe(element)));
  }
}
