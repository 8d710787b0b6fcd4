package metron.stellar.functions.sketch.hllp;

import java.util.ArrayList;
import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `HLLP_MERGE(counters)`
public final class HllpMerge {
  static final List<Example> EXAMPLES =
      List.of(
          new Example(
              "HLLP_CARDINALITY(HLLP_MERGE([HLLP_ADD(null, 'a'), HLLP_ADD(null, 'b')]))", 2L),
          new Example("HLLP_CARDINALITY(HLLP_MERGE(HLLP_ADD(null, 'a')))", 1L),
          new Example("HLLP_MERGE([])", null),
          new Example(
                  "HLLP_MERGE(x)",
                  Example.failure("argument 1 is the integer 7, expected a counter of HLLP_INIT"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("HLLP_MERGE")
          .group("Distinct counts")
          .means("Makes a counter of all values that some counters have seen.")
          .takes("counters", "a list of counters, or one", Type.LIST, Type.STATE)
          .returns(Type.STATE, "the only one itself; as fine as the first; null for an empty list")
          .fails("When an element is no counter.")
          .impure()
          .examples(EXAMPLES)
          .body1(HllpMerge::call);

  private HllpMerge() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object counters) {
    if (!(counters instanceof List<?> list)) {
      return counters == null ? null : DistinctCount.argument(1, counters);
    }
    if (list.isEmpty() || (list.size() == 1 && list.getFirst() == null)) {
      return null;
    }
    List<DistinctCount> counts = new ArrayList<>();
    for (Object element : list) {
      evaluation.step();
      counts.add(DistinctCount.argument(1, element));
    }
    DistinctCount first = counts.getFirst();
    return counts.size() == 1 ? first : first.merge(evaluation, counts.subList(1, counts.size()));
  }
}
