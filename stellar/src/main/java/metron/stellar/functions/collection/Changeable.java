package metron.stellar.functions.collection;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import metron.stellar.function.Evaluation;
import org.jspecify.annotations.Nullable;

/// A collection that may be changed: the one given where its class is known to allow that, else a
/// copy.
final class Changeable {
  private Changeable() {}

  @SuppressWarnings("unchecked") // a list of this class takes any element
  static List<@Nullable Object> list(Evaluation evaluation, List<?> list) {
    if (list.getClass() == ArrayList.class) {
      return (List<@Nullable Object>) list;
    }
    evaluation.allocate(16L * list.size());
    return new ArrayList<>(list);
  }

  @SuppressWarnings("unchecked") // a set of this class takes any element
  static Set<@Nullable Object> set(Evaluation evaluation, Collection<?> set) {
    if (set.getClass() == LinkedHashSet.class) {
      return (Set<@Nullable Object>) set;
    }
    evaluation.allocate(48L * set.size());
    return new LinkedHashSet<>(set);
  }

  @SuppressWarnings("unchecked") // a map of these classes takes any key and value
  static Map<@Nullable Object, @Nullable Object> map(Evaluation evaluation, Map<?, ?> map) {
    if (map.getClass() == LinkedHashMap.class || map.getClass() == HashMap.class) {
      return (Map<@Nullable Object, @Nullable Object>) map;
    }
    evaluation.allocate(64L * map.size());
    return new LinkedHashMap<>(map);
  }
}
