package metron.stellar.functions.collection;

import java.util.Collection;
import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `GET_LAST(list)`
public final class GetLast {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("GET_LAST([1, 2, 3])", 3),
          new Example("GET_LAST([])", null),
          new Example(
              "GET_LAST(null)", Example.failure("argument 1 is null, expected list or set")),
          new Example(
                  "GET_LAST(x)",
                  Example.failure("argument 1 is the string 'a', expected list or set"))
              .given("x", "a"));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("GET_LAST")
          .group("Collections")
          .means("Answers the last element of a list.")
          .takes("list", "the list", Type.LIST, Type.SET)
          .returns(Type.ANY, "null when it has none")
          .fails("When the argument is null or no list.")
          .examples(EXAMPLES)
          .body1(GetLast::call);

  private GetLast() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object list) {
    Collection<?> elements = Arguments.elements(1, list);
    if (elements.isEmpty()) {
      return null;
    }
    if (elements instanceof List<?> sequence) {
      return sequence.getLast();
    }
    evaluation.steps(elements.size());
    Object last = null;
    for (Object element : elements) {
      last = element;
    }
    return last;
  }
}
