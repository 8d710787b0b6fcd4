package metron.stellar.functions.collection;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import metron.stellar.functions.Values;
import org.jspecify.annotations.Nullable;

/// `MULTISET_REMOVE(multiset, value?...)`
public final class MultisetRemove {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("MULTISET_REMOVE(MULTISET_INIT(['a', 'a', 'b']), 'a', 'b')", Map.of("a", 1)),
          new Example("MULTISET_REMOVE(MULTISET_INIT(['a']), 'z')", Map.of("a", 1)),
          new Example("MULTISET_REMOVE(null, 'a')", Map.of()),
          new Example(
                  "MULTISET_REMOVE(x, 1)",
                  Example.failure("argument 1 is the integer 7, expected map"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("MULTISET_REMOVE")
          .group("Multisets")
          .means("Takes values out of a multiset, once for each time given.")
          .takes("multiset", "the multiset, which changes; null for a new one", Type.MAP)
          .takesAny("value", "what to take out; null is passed over", Type.ANY)
          .returns(Type.MAP, "the multiset")
          .fails("When the first argument is no multiset.")
          .impure()
          .examples(EXAMPLES)
          .bodyN(MultisetRemove::call);

  private MultisetRemove() {}

  static Object call(Evaluation evaluation, @Nullable Object[] arguments) {
    Map<@Nullable Object, @Nullable Object> counts =
        arguments[0] == null
            ? new LinkedHashMap<>()
            : Changeable.map(evaluation, Arguments.map(1, arguments[0]));
    for (int i = 1; i < arguments.length; i++) {
      Object value = arguments[i];
      if (value == null) {
        continue;
      }
      evaluation.step();
      Values.weighFor(evaluation, i + 1, value, counts);
      Object before = counts.get(value);
      if (before == null) {
        continue;
      }
      int count = Counts.count(1, before);
      if (count == 1) {
        counts.remove(value);
      } else {
        counts.put(value, count - 1);
      }
    }
    return counts;
  }
}
