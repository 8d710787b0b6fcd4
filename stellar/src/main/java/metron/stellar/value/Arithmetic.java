package metron.stellar.value;

import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// Arithmetic with Java's promotion: int to long to float to double. Null counts as 0, overflow wraps,
/// whole numbers divided by 0 fail, floating ones do not.
public final class Arithmetic {
  private Arithmetic() {}

  public static Number add(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Integer a && right instanceof Integer b) {
      return a + b;
    }
    Number a = number(left, right, true, "+");
    Number b = number(left, right, false, "+");
    if (a instanceof Double || b instanceof Double) {
      return a.doubleValue() + b.doubleValue();
    } else if (a instanceof Float || b instanceof Float) {
      return a.floatValue() + b.floatValue();
    } else if (a instanceof Long || b instanceof Long) {
      return a.longValue() + b.longValue();
    }
    return a.intValue() + b.intValue();
  }

  public static Number subtract(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Integer a && right instanceof Integer b) {
      return a - b;
    }
    Number a = number(left, right, true, "-");
    Number b = number(left, right, false, "-");
    if (a instanceof Double || b instanceof Double) {
      return a.doubleValue() - b.doubleValue();
    } else if (a instanceof Float || b instanceof Float) {
      return a.floatValue() - b.floatValue();
    } else if (a instanceof Long || b instanceof Long) {
      return a.longValue() - b.longValue();
    }
    return a.intValue() - b.intValue();
  }

  public static Number multiply(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Integer a && right instanceof Integer b) {
      return a * b;
    }
    Number a = number(left, right, true, "*");
    Number b = number(left, right, false, "*");
    if (a instanceof Double || b instanceof Double) {
      return a.doubleValue() * b.doubleValue();
    } else if (a instanceof Float || b instanceof Float) {
      return a.floatValue() * b.floatValue();
    } else if (a instanceof Long || b instanceof Long) {
      return a.longValue() * b.longValue();
    }
    return a.intValue() * b.intValue();
  }

  public static Number divide(@Nullable Object left, @Nullable Object right) {
    Number a = number(left, right, true, "/");
    Number b = number(left, right, false, "/");
    if (a instanceof Double || b instanceof Double) {
      return a.doubleValue() / b.doubleValue();
    } else if (a instanceof Float || b instanceof Float) {
      return a.floatValue() / b.floatValue();
    } else if (a instanceof Long || b instanceof Long) {
      return divide(a.longValue(), b.longValue());
    }
    return divide(a.intValue(), b.intValue());
  }

  public static int divide(int left, int right) {
    if (right == 0) {
      throw byZero();
    }
    return left / right;
  }

  public static long divide(long left, long right) {
    if (right == 0) {
      throw byZero();
    }
    return left / right;
  }

  public static Number negate(@Nullable Object value) {
    return switch (value) {
      case null -> 0;
      case Integer i -> -i;
      case Long l -> -l;
      case Float f -> -f;
      case Double d -> -d;
      case Number n -> -n.intValue();
      default ->
          throw new OperatorFailure(
              "'-' is before " + Type.describe(value) + ", expected a number");
    };
  }

  private static OperatorFailure byZero() {
    return new OperatorFailure("a whole number is divided by zero");
  }

  private static Number number(
      @Nullable Object left, @Nullable Object right, boolean first, String operator) {
    Object value = first ? left : right;
    if (value instanceof Number n) {
      return n;
    }
    if (value == null) {
      return 0;
    }
    throw new OperatorFailure(
        "'%s' has %s on its %s, expected a number"
            .formatted(operator, Type.describe(value), first ? "left" : "right"));
  }
}
