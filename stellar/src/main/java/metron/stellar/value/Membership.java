package metron.stellar.value;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `in`: a part of a text, an element of a list or set, a key of a map, or else the same value.
/// Numbers are not widened: `1L in [1]` is false. Nothing is in null.
public final class Membership {
  private Membership() {}

  public static boolean in(@Nullable Object needle, @Nullable Object haystack) {
    return switch (haystack) {
      case null -> false;
      case String text -> needle instanceof String part && text.contains(part);
      case Collection<?> elements -> element(needle, elements);
      case Map<?, ?> map -> needle == null ? nullKey(map) : map.containsKey(needle);
      default -> haystack.equals(needle);
    };
  }

  // Immutable collections throw when asked for null.
  private static boolean element(@Nullable Object needle, Collection<?> elements) {
    if (needle != null) {
      return elements.contains(needle);
    }
    for (Object element : elements) {
      if (element == null) {
        return true;
      }
    }
    return false;
  }

  private static boolean nullKey(Map<?, ?> map) {
    for (Object key : map.keySet()) {
      if (key == null) {
        return true;
      }
    }
    return false;
  }
}
