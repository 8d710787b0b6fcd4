package metron.stellar.functions.collection;

import java.util.Collection;
import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `GET_FIRST(list)`
public final class GetFirst {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("GET_FIRST([1, 2, 3])", 1),
          new Example("GET_FIRST([])", null),
          new Example(
              "GET_FIRST(null)", Example.failure("argument 1 is null, expected list or set")),
          new Example(
                  "GET_FIRST(x)",
                  Example.failure("argument 1 is the string 'a', expected list or set"))
              .given("x", "a"));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("GET_FIRST")
          .group("Collections")
          .means("Answers the first element of a list.")
          .takes("list", "the list", Type.LIST, Type.SET)
          .returns(Type.ANY, "null when it has none")
          .fails("When the argument is null or no list.")
          .examples(EXAMPLES)
          .body1(GetFirst::call);

  private GetFirst() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object list) {
    Collection<?> elements = Arguments.elements(1, list);
    if (elements.isEmpty()) {
      return null;
    }
    return elements.iterator().next();
  }
}
