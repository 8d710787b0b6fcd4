package metron.stellar.functions.functional;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.Lambda;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `SORT(list, key?)`
public final class Sort {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("SORT([3, 1, 2])", List.of(1, 2, 3)),
          new Example("SORT([2, 1.5, 3L])", List.of(1.5, 2, 3L)),
          new Example("SORT(['b', 'a', null])", Arrays.asList(null, "a", "b")),
          new Example("SORT(['ccc', 'a', 'bb'], s -> LENGTH(s))", List.of("a", "bb", "ccc")),
          new Example("SORT([])", List.of()),
          new Example("SORT(null)", null),
          new Example(
              "SORT(['a', 1])",
              Example.failure("the integer 1 and the string 'a' do not compare")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("SORT")
          .group("Functional")
          .means("Puts the elements of a list in rising order.")
          .takes("list", "numbers among each other, texts or booleans", Type.LIST, Type.SET)
          .takesOptional("key", "takes an element and answers what it is ordered by", Type.LAMBDA)
          .returns(
              Type.LIST, "a new list, nulls first; equal elements keep their order; null for null")
          .fails("When two elements do not compare.")
          .examples(EXAMPLES)
          .body2(Sort::call);

  private Sort() {}

  private record Keyed(@Nullable Object key, @Nullable Object element) {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object list, @Nullable Object key) {
    if (list == null) {
      return null;
    }
    if (key != null && !(key instanceof Lambda)) {
      throw FunctionFailure.type(2, key, "lambda");
    }
    Object[] elements = Arguments.elements(1, list).toArray();
    evaluation.allocate(64L * elements.length);
    List<Keyed> keyed = new ArrayList<>(elements.length);
    for (Object element : elements) {
      keyed.add(new Keyed(key instanceof Lambda f ? f.call(element) : element, element));
    }
    keyed.sort(
        (a, b) -> {
          evaluation.step();
          return compare(a.key(), b.key());
        });
    List<@Nullable Object> sorted = new ArrayList<>(elements.length);
    for (Keyed k : keyed) {
      sorted.add(k.element());
    }
    return sorted;
  }

  private static int compare(@Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      return a == b ? 0 : a == null ? -1 : 1;
    }
    if (a instanceof Number x && b instanceof Number y) {
      boolean fractions =
          a instanceof Double || a instanceof Float || b instanceof Double || b instanceof Float;
      return fractions
          ? Double.compare(x.doubleValue(), y.doubleValue())
          : Long.compare(x.longValue(), y.longValue());
    }
    if (a instanceof String x && b instanceof String y) {
      return x.compareTo(y);
    }
    if (a instanceof Boolean x && b instanceof Boolean y) {
      return Boolean.compare(x, y);
    }
    throw FunctionFailure.argument(
        1, "%s and %s do not compare".formatted(Type.describe(a), Type.describe(b)));
  }
}
