package metron.stellar.functions.collection;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `GET(list, index)`
public final class Get {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("GET(['a', 'b'], 1)", "b"),
          new Example("GET(['a', 'b'], 2)", null),
          new Example(
              "GET(['a'], -1)", Example.failure("argument 2 is -1, expected an index from 0")),
          new Example("GET(null, 0)", Example.failure("argument 1 is null, expected list")),
          new Example("GET(['a'], null)", Example.failure("argument 2 is null, expected number")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("GET")
          .group("Collections")
          .means("Answers the element of a list at an index.")
          .takes("list", "the list", Type.LIST)
          .takes("index", "from 0", Type.NUMBER)
          .returns(Type.ANY, "null when the list ends before the index")
          .fails("When the list or the index is null or of another type, or the index is negative.")
          .examples(EXAMPLES)
          .body2(Get::call);

  private Get() {}

  static @Nullable Object call(
      Evaluation evaluation, @Nullable Object list, @Nullable Object index) {
    if (!(list instanceof List<?> elements)) {
      throw FunctionFailure.type(1, list, "list");
    }
    long at = Arguments.number(2, index).longValue();
    if (at < 0) {
      throw FunctionFailure.argument(2, "is %d, expected an index from 0".formatted(at));
    }
    return at < elements.size() ? elements.get((int) at) : null;
  }
}
