package metron.stellar.functions.sketch.hllp;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `HLLP_ADD(counter, value)`
public final class HllpAdd {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("HLLP_CARDINALITY(HLLP_ADD(HLLP_INIT(), ['a', 'b', 'a']))", 2L),
          new Example("HLLP_CARDINALITY(HLLP_ADD(null, 'a'))", 1L),
          new Example("HLLP_CARDINALITY(HLLP_ADD(HLLP_ADD(null, 1), '1'))", 1L),
          new Example(
                  "HLLP_ADD(x, 1)",
                  Example.failure("argument 1 is the integer 7, expected a counter of HLLP_INIT"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("HLLP_ADD")
          .group("Distinct counts")
          .means("Adds a value, or each element of a list, to a counter.")
          .takes("counter", "the counter, which changes; null for a new one", Type.STATE)
          .takes("value", "the value, by its text", Type.ANY)
          .returns(Type.STATE, "the counter")
          .fails("When the first argument is no counter.")
          .impure()
          .examples(EXAMPLES)
          .body2(HllpAdd::call);

  private HllpAdd() {}

  static Object call(Evaluation evaluation, @Nullable Object counter, @Nullable Object value) {
    DistinctCount count =
        counter == null ? DistinctCount.of(evaluation, 14) : DistinctCount.argument(1, counter);
    if (value instanceof List<?> values) {
      for (Object element : values) {
        count.add(evaluation, 2, element);
      }
    } else {
      count.add(evaluation, 2, value);
    }
    return count;
  }
}
