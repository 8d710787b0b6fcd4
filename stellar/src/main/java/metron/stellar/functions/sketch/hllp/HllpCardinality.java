package metron.stellar.functions.sketch.hllp;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `HLLP_CARDINALITY(counter?)`
public final class HllpCardinality {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("HLLP_CARDINALITY(HLLP_ADD(HLLP_INIT(), ['a', 'b', 'c']))", 3L),
          new Example("HLLP_CARDINALITY(null)", 0L),
          new Example("HLLP_CARDINALITY('a')", 0L),
          new Example("HLLP_CARDINALITY()", 0L));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("HLLP_CARDINALITY")
          .group("Distinct counts")
          .means("Estimates how many different values a counter has seen.")
          .takesOptional("counter", "the counter", Type.ANY)
          .returns(Type.LONG, "0 for null and for what is no counter")
          .neverFails()
          .examples(EXAMPLES)
          .body1(HllpCardinality::call);

  private HllpCardinality() {}

  static Object call(Evaluation evaluation, @Nullable Object counter) {
    return counter instanceof DistinctCount count ? count.estimate() : 0L;
  }
}
