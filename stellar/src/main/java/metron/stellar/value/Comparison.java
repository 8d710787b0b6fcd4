package metron.stellar.value;

import java.util.Objects;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// Equality and order. Numbers are widened before they are compared, elements of lists are not. Null
/// equals null; an order with null is false; texts, booleans and everything else that has an order
/// are compared with their own kind only.
public final class Comparison {
  private Comparison() {}

  public static boolean equal(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Number a && right instanceof Number b) {
      return equal(a, b);
    }
    return Objects.equals(left, right);
  }

  private static boolean equal(Number a, Number b) {
    if (a instanceof Double || b instanceof Double) {
      return a.doubleValue() == b.doubleValue();
    } else if (a instanceof Float || b instanceof Float) {
      return a.floatValue() == b.floatValue();
    } else if (a instanceof Long || b instanceof Long) {
      return a.longValue() == b.longValue();
    }
    return a.intValue() == b.intValue();
  }

  public static boolean less(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Number a && right instanceof Number b) {
      if (a instanceof Double || b instanceof Double) {
        return a.doubleValue() < b.doubleValue();
      } else if (a instanceof Float || b instanceof Float) {
        return a.floatValue() < b.floatValue();
      } else if (a instanceof Long || b instanceof Long) {
        return a.longValue() < b.longValue();
      }
      return a.intValue() < b.intValue();
    }
    return left != null && right != null && order(left, right, "<") < 0;
  }

  public static boolean lessOrEqual(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Number a && right instanceof Number b) {
      if (a instanceof Double || b instanceof Double) {
        return a.doubleValue() <= b.doubleValue();
      } else if (a instanceof Float || b instanceof Float) {
        return a.floatValue() <= b.floatValue();
      } else if (a instanceof Long || b instanceof Long) {
        return a.longValue() <= b.longValue();
      }
      return a.intValue() <= b.intValue();
    }
    return left != null && right != null && order(left, right, "<=") <= 0;
  }

  public static boolean greater(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Number && right instanceof Number) {
      return less(/* left= */ right, /* right= */ left);
    }
    return left != null && right != null && order(left, right, ">") > 0;
  }

  public static boolean greaterOrEqual(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Number && right instanceof Number) {
      return lessOrEqual(/* left= */ right, /* right= */ left);
    }
    return left != null && right != null && order(left, right, ">=") >= 0;
  }

  @SuppressWarnings("unchecked")
  private static int order(Object left, Object right, String operator) {
    if (left instanceof Comparable<?> a && left.getClass() == right.getClass()) {
      return ((Comparable<Object>) a).compareTo(right);
    }
    throw new OperatorFailure(
        "'%s' is between %s and %s, expected two numbers or two of a kind that has an order"
            .formatted(operator, Type.describe(left), Type.describe(right)));
  }
}
