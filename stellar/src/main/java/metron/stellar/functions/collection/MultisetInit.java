package metron.stellar.functions.collection;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `MULTISET_INIT(elements?)`
public final class MultisetInit {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("MULTISET_INIT(['a', 'b', 'a'])", Map.of("a", 2, "b", 1)),
          new Example("MULTISET_INIT()", Map.of()),
          new Example("MULTISET_INIT(null)", Map.of()),
          new Example(
                  "MULTISET_INIT(x)",
                  Example.failure("argument 1 is the integer 7, expected list or set"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("MULTISET_INIT")
          .group("Multisets")
          .means("Makes a multiset: a map from values to how often each is in it.")
          .takesOptional("elements", "what it has at first", Type.LIST, Type.SET)
          .returns(Type.MAP, "empty for null")
          .fails("When the argument is no list or set.")
          .impure()
          .examples(EXAMPLES)
          .body1(MultisetInit::call);

  private MultisetInit() {}

  static Object call(Evaluation evaluation, @Nullable Object elements) {
    Map<@Nullable Object, @Nullable Object> counts = new LinkedHashMap<>();
    if (elements != null) {
      for (Object element : Arguments.elements(1, elements)) {
        Counts.add(evaluation, 1, counts, element, 1);
      }
    }
    return counts;
  }
}
