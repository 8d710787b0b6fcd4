package metron.stellar.functions.collection;

import java.util.Map;
import metron.stellar.function.Evaluation;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.Type;
import metron.stellar.functions.Values;
import org.jspecify.annotations.Nullable;

/// A multiset is a map from values to how often each is in it, an integer.
final class Counts {
  private Counts() {}

  static void add(
      Evaluation evaluation,
      int argument,
      Map<@Nullable Object, @Nullable Object> counts,
      @Nullable Object value,
      int times) {
    evaluation.step();
    evaluation.allocate(64);
    Values.weighFor(evaluation, argument, value, counts);
    Object before = counts.get(value);
    counts.put(value, before == null ? times : count(1, before) + times);
  }

  static int count(int argument, @Nullable Object count) {
    if (count instanceof Integer i) {
      return i;
    }
    throw FunctionFailure.argument(
        argument, "has %s as a count, expected integers".formatted(Type.describe(count)));
  }
}
