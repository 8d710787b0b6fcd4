package metron.stellar.functions;

import java.util.Collection;
import java.util.Map;
import metron.stellar.function.FunctionFailure;
import org.jspecify.annotations.Nullable;

/// Arguments as what a function needs them to be, or a failure that names the argument, what it is
/// and what was expected. Arguments are counted from 1.
public final class Arguments {
  private Arguments() {}

  /// A text.
  public static String text(int argument, @Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw FunctionFailure.type(argument, value, "string");
  }

  /// A text, or null for null.
  public static @Nullable String textOrNull(int argument, @Nullable Object value) {
    return value == null ? null : text(argument, value);
  }

  /// A number.
  public static Number number(int argument, @Nullable Object value) {
    if (value instanceof Number number) {
      return number;
    }
    throw FunctionFailure.type(argument, value, "number");
  }

  /// The elements of a list or set.
  public static Collection<?> elements(int argument, @Nullable Object value) {
    if (value instanceof Collection<?> elements) {
      return elements;
    }
    throw FunctionFailure.type(argument, value, "list or set");
  }

  /// A map.
  public static Map<?, ?> map(int argument, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw FunctionFailure.type(argument, value, "map");
  }

  /// An integer in a range, from anything that [Conversion#toInteger] understands.
  public static int integer(int argument, @Nullable Object value, int least, int most) {
    Integer number = Conversion.toInteger(value);
    if (number == null) {
      throw FunctionFailure.type(argument, value, "integer");
    }
    if (number < least || number > most) {
      throw FunctionFailure.argument(
          argument, "is %d, expected %d to %d".formatted(number, least, most));
    }
    return number;
  }
}
