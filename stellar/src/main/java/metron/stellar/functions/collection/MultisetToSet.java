package metron.stellar.functions.collection;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `MULTISET_TO_SET(multiset)`
public final class MultisetToSet {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("MULTISET_TO_SET(MULTISET_INIT(['a', 'b', 'a']))", Set.of("a", "b")),
          new Example("MULTISET_TO_SET(null)", Set.of()),
          new Example(
                  "MULTISET_TO_SET(x)",
                  Example.failure("argument 1 is the integer 7, expected map"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("MULTISET_TO_SET")
          .group("Multisets")
          .means("Answers the values of a multiset, each once.")
          .takes("multiset", "the multiset", Type.MAP)
          .returns(Type.SET, "empty for null")
          .fails("When the argument is no multiset.")
          .impure()
          .examples(EXAMPLES)
          .body1(MultisetToSet::call);

  private MultisetToSet() {}

  static Object call(Evaluation evaluation, @Nullable Object multiset) {
    LinkedHashSet<@Nullable Object> set = new LinkedHashSet<>();
    if (multiset != null) {
      Map<?, ?> counts = Arguments.map(1, multiset);
      evaluation.steps(counts.size());
      evaluation.allocate(48L * counts.size());
      set.addAll(counts.keySet());
    }
    return set;
  }
}
