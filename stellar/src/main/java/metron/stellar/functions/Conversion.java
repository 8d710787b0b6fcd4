package metron.stellar.functions;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How functions turn values into numbers and booleans: as Apache Metron does, where what can't be
/// turned becomes null and is never an error. A list or set stands for its first element, a boolean
/// is 1 or 0, and a text may have white space around it.
public final class Conversion {
  private Conversion() {}

  /// A fraction is cut off; null for what is outside the range of an integer.
  public static @Nullable Integer toInteger(@Nullable Object value) {
    return switch (first(value)) {
      case null -> null;
      case Integer i -> i;
      case Number n -> {
        long wide = n.longValue();
        yield wide == (int) wide ? (Integer) (int) wide : null;
      }
      case Boolean b -> b ? 1 : 0;
      case Object other -> {
        String text = other.toString().trim();
        try {
          yield Integer.valueOf(text);
        } catch (NumberFormatException _) {
          yield null;
        }
      }
    };
  }

  /// A fraction is cut off; a number outside the range becomes the end of the range.
  public static @Nullable Long toLong(@Nullable Object value) {
    return switch (first(value)) {
      case null -> null;
      case Long l -> l;
      case Number n -> (Long) n.longValue();
      case Boolean b -> b ? 1L : 0L;
      case Object other -> {
        String text = other.toString().trim();
        try {
          yield Long.valueOf(text);
        } catch (NumberFormatException _) {
          yield null;
        }
      }
    };
  }

  /// Null for what is larger than a float can be.
  public static @Nullable Float toFloat(@Nullable Object value) {
    return switch (first(value)) {
      case null -> null;
      case Float f -> f;
      case Number n -> n.doubleValue() > Float.MAX_VALUE ? null : (Float) n.floatValue();
      case Boolean b -> b ? 1f : 0f;
      case Object other -> {
        String text = other.toString().trim();
        try {
          yield Float.valueOf(text);
        } catch (NumberFormatException _) {
          yield null;
        }
      }
    };
  }

  /// The number as a double.
  public static @Nullable Double toDouble(@Nullable Object value) {
    return switch (first(value)) {
      case null -> null;
      case Double d -> d;
      case Number n -> (Double) n.doubleValue();
      case Boolean b -> b ? 1.0 : 0.0;
      case Object other -> {
        String text = other.toString().trim();
        try {
          yield Double.valueOf(text);
        } catch (NumberFormatException _) {
          yield null;
        }
      }
    };
  }

  /// `true yes y on 1` and `false no n off 0` in any case; null for any other text.
  public static @Nullable Boolean toBoolean(@Nullable Object value) {
    Object first = first(value);
    if (first == null || first instanceof Boolean) {
      return (Boolean) first;
    }
    return switch (first.toString().toLowerCase(Locale.ROOT)) {
      case "true", "yes", "y", "on", "1" -> Boolean.TRUE;
      case "false", "no", "n", "off", "0" -> Boolean.FALSE;
      default -> null;
    };
  }

  /// The value, or the first element of a list or set; null when that has none.
  private static @Nullable Object first(@Nullable Object value) {
    if (!(value instanceof Collection<?> elements)) {
      return value;
    }
    Object first = elements.isEmpty() ? null : elements.iterator().next();
    // A list in a list is no number, and its text, which could be long, need not be made to know
    // it.
    return first instanceof Collection || first instanceof java.util.Map ? null : first;
  }
}
