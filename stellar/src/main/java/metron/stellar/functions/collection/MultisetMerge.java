package metron.stellar.functions.collection;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `MULTISET_MERGE(multisets)`
public final class MultisetMerge {
  static final List<Example> EXAMPLES =
      List.of(
          new Example(
              "MULTISET_MERGE([MULTISET_INIT(['a']), MULTISET_INIT(['a', 'b'])])",
              Map.of("a", 2, "b", 1)),
          new Example("MULTISET_MERGE([null])", Map.of()),
          new Example("MULTISET_MERGE([])", Map.of()),
          new Example(
              "MULTISET_MERGE(null)", Example.failure("argument 1 is null, expected list or set")),
          new Example(
              "MULTISET_MERGE([7])",
              Example.failure("argument 1: has the integer 7, expected multisets")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("MULTISET_MERGE")
          .group("Multisets")
          .means("Adds up the counts of some multisets.")
          .takes("multisets", "a list of multisets; nulls are passed over", Type.LIST, Type.SET)
          .returns(Type.MAP, "a new multiset")
          .fails("When the argument is null or no list, or has an element that is no multiset.")
          .impure()
          .examples(EXAMPLES)
          .body1(MultisetMerge::call);

  private MultisetMerge() {}

  static Object call(Evaluation evaluation, @Nullable Object multisets) {
    Map<@Nullable Object, @Nullable Object> merged = new LinkedHashMap<>();
    for (Object element : Arguments.elements(1, multisets)) {
      if (element == null) {
        continue;
      }
      if (!(element instanceof Map<?, ?> counts)) {
        throw FunctionFailure.argument(
            1, "has %s, expected multisets".formatted(Type.describe(element)));
      }
      for (Map.Entry<?, ?> entry : counts.entrySet()) {
        Counts.add(evaluation, 1, merged, entry.getKey(), Counts.count(1, entry.getValue()));
      }
    }
    return merged;
  }
}
