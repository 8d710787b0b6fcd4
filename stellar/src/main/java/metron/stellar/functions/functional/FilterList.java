package metron.stellar.functions.functional;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.Lambda;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `FILTER(list, predicate)`
public final class FilterList {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("FILTER([1, 2, 3, 4], x -> x > 2)", List.of(3, 4)),
          new Example("FILTER('a1b2', c -> c in 'abc')", List.of("a", "b")),
          new Example("FILTER([1, 2], x -> 'yes')", List.of()),
          new Example("FILTER(null, x -> true)", null),
          new Example("FILTER([1], null)", List.of(1)),
          new Example(
                  "FILTER(x, y -> true)",
                  Example.failure("argument 1 is the integer 7, expected list, set or string"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("FILTER")
          .group("Functional")
          .means("Keeps the elements for which a lambda answers true.")
          .takes(
              "list",
              "the elements; a text is a list of characters",
              Type.LIST,
              Type.SET,
              Type.STRING)
          .takes("predicate", "takes an element", Type.LAMBDA)
          .returns(Type.ANY, "a list; the first argument itself when either is null")
          .fails("When the first argument has no elements.")
          .examples(EXAMPLES)
          .body2(FilterList::call);

  private FilterList() {}

  static @Nullable Object call(
      Evaluation evaluation, @Nullable Object list, @Nullable Object predicate) {
    if (list == null) {
      return null;
    }
    Collection<?> elements = Elements.of(evaluation, list);
    if (predicate == null) {
      return list;
    }
    if (!(predicate instanceof Lambda f)) {
      throw FunctionFailure.type(2, predicate, "lambda");
    }
    List<@Nullable Object> kept = new ArrayList<>();
    for (Object element : elements) {
      if (Boolean.TRUE.equals(f.call(element))) {
        evaluation.allocate(16);
        kept.add(element);
      }
    }
    return kept;
  }
}
