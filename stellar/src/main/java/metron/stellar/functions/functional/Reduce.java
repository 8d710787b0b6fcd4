package metron.stellar.functions.functional;

import java.util.Collection;
import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.Lambda;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `REDUCE(list, lambda?, initial?)`
public final class Reduce {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("REDUCE([1, 2, 3], (a, b) -> a + b, 0)", 6),
          new Example("REDUCE([3, 9, 4], (m, x) -> if x > m then x else m, 0)", 9),
          new Example("REDUCE([], (a, b) -> a + b, 7)", 7),
          new Example("REDUCE(null, (a, b) -> a + b, 0)", null),
          new Example("REDUCE([1], (a, b) -> a + b, null)", null),
          new Example("REDUCE([1], null, 0)", null),
          new Example(
                  "REDUCE(x, (a, b) -> a, 0)",
                  Example.failure("argument 1 is the integer 7, expected list, set or string"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("REDUCE")
          .group("Functional")
          .means(
              "Folds a list into one value: calls a lambda with the value so far and the next element.")
          .takes(
              "list",
              "the elements; a text is a list of characters",
              Type.LIST,
              Type.SET,
              Type.STRING)
          .takesOptional("lambda", "takes the value so far and an element", Type.LAMBDA)
          .takesOptional("initial", "the first value so far", Type.ANY)
          .returns(Type.ANY, "the last value; null when an argument is null or missing")
          .fails("When the first argument has no elements.")
          .examples(EXAMPLES)
          .body3(Reduce::call);

  private Reduce() {}

  static @Nullable Object call(
      Evaluation evaluation,
      @Nullable Object list,
      @Nullable Object lambda,
      @Nullable Object initial) {
    if (list == null) {
      return null;
    }
    Collection<?> elements = Elements.of(evaluation, list);
    if (lambda == null || initial == null) {
      return null;
    }
    if (!(lambda instanceof Lambda f)) {
      throw FunctionFailure.type(2, lambda, "lambda");
    }
    Object value = initial;
    for (Object element : elements) {
      value = f.call(value, element);
    }
    return value;
  }
}
