package metron.detection.sigma;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The values of one event, each read and folded at most once.
final class Values<R> {
  private static final List<String> NONE = List.of();
  private static final int MOST = 1_000;

  private final Columns<R> columns;
  private @Nullable List<String>[] texts = lists(0);
  private @Nullable List<String>[] folded = lists(0);
  private @Nullable R event;

  Values(Columns<R> columns) {
    this.columns = columns;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type can't be made otherwise
  private static @Nullable List<String>[] lists(int size) {
    return new List[size];
  }

  void reset(R next) {
    event = next;
    if (texts.length < columns.size()) {
      texts = lists(columns.size());
      folded = lists(columns.size());
    } else {
      Arrays.fill(texts, null);
      Arrays.fill(folded, null);
    }
  }

  /// The values of a field as texts; none where it is not there.
  List<String> texts(int column) {
    List<String> known = texts[column];
    if (known != null) {
      return known;
    }
    R of = event;
    Object value = of == null ? null : columns.value(column, of);
    List<String> found;
    if (value == null) {
      found = NONE;
    } else if (value instanceof String text) {
      found = List.of(text);
    } else {
      found = new ArrayList<>();
      add(value, found);
    }
    texts[column] = found;
    return found;
  }

  List<String> folded(int column) {
    List<String> known = folded[column];
    if (known != null) {
      return known;
    }
    List<String> original = texts(column);
    List<String> found = original;
    if (original.size() == 1) {
      String text = original.getFirst();
      String lower = Folding.fold(text);
      found = lower.equals(text) ? original : List.of(lower);
    } else if (!original.isEmpty()) {
      found = original.stream().map(Folding::fold).toList();
    }
    folded[column] = found;
    return found;
  }

  private static void add(@Nullable Object value, List<String> found) {
    if (found.size() >= MOST) {
      return;
    }
    switch (value) {
      case null -> {}
      case Iterable<?> values -> values.forEach(v -> add(v, found));
      case Map<?, ?> map -> map.values().forEach(v -> add(v, found));
      case Double d when d == Math.rint(d) && Math.abs(d) < 1e15 ->
          found.add(Long.toString(d.longValue()));
      default -> found.add(value.toString());
    }
  }
}
