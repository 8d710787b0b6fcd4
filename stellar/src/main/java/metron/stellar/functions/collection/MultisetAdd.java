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

/// `MULTISET_ADD(multiset, value?...)`
public final class MultisetAdd {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("MULTISET_ADD(MULTISET_INIT(['a']), 'a', 'b')", Map.of("a", 2, "b", 1)),
          new Example("MULTISET_ADD(null, 'a')", Map.of("a", 1)),
          new Example("MULTISET_ADD(MULTISET_INIT(['a']), null)", Map.of("a", 1)),
          new Example(
                  "MULTISET_ADD(x, 1)",
                  Example.failure("argument 1 is the integer 7, expected map"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("MULTISET_ADD")
          .group("Multisets")
          .means("Adds values to a multiset.")
          .takes("multiset", "the multiset, which changes; null for a new one", Type.MAP)
          .takesAny("value", "what to add; null is passed over", Type.ANY)
          .returns(Type.MAP, "the multiset")
          .fails("When the first argument is no multiset, or a value holds it.")
          .impure()
          .examples(EXAMPLES)
          .bodyN(MultisetAdd::call);

  private MultisetAdd() {}

  static Object call(Evaluation evaluation, @Nullable Object[] arguments) {
    Map<@Nullable Object, @Nullable Object> counts =
        arguments[0] == null
            ? new LinkedHashMap<>()
            : Changeable.map(evaluation, Arguments.map(1, arguments[0]));
    for (int i = 1; i < arguments.length; i++) {
      if (arguments[i] != null) {
        Counts.add(evaluation, i + 1, counts, arguments[i], 1);
      }
    }
    return counts;
  }
}
