package metron.stellar.value;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What counts as true where a condition stands: `true`; the texts true, yes, y, on and 1 in any case;
/// a number whose text is 1 (so `1` and `1L`, but not `1.0`); a list or set whose first element
/// counts as true by its text. All else counts as false: null, 2, 'no', 'maybe', an empty list, a map.
public final class Truth {
  private Truth() {}

  public static boolean of(@Nullable Object value) {
    return value instanceof Boolean b ? b : other(value);
  }

  private static boolean other(@Nullable Object value) {
    return switch (value) {
      case null -> false;
      case String s -> word(s);
      case Integer i -> i == 1;
      case Long l -> l == 1;
      case Number n -> word(n.toString());
      case Map<?, ?> _ -> false;
      case Collection<?> c -> first(c);
      case Character c -> word(c.toString());
      default -> false;
    };
  }

  private static boolean first(Collection<?> elements) {
    if (elements.isEmpty()) {
      return false;
    }
    Object first = elements.iterator().next();
    return !(first instanceof Collection<?>) && of(first);
  }

  private static boolean word(String text) {
    return switch (text.length()) {
      case 1 -> text.equals("1") || text.equalsIgnoreCase("y");
      case 2 -> text.equalsIgnoreCase("on");
      case 3 -> text.equalsIgnoreCase("yes");
      case 4 -> text.equalsIgnoreCase("true");
      default -> false;
    };
  }
}
