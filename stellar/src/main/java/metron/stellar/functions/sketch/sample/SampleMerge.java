package metron.stellar.functions.sketch.sample;

import java.util.ArrayList;
import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `SAMPLE_MERGE(samples?, base?)`
public final class SampleMerge {
  static final List<Example> EXAMPLES =
      List.of(
          new Example(
              "SAMPLE_GET(SAMPLE_MERGE([SAMPLE_ADD(null, 1), SAMPLE_ADD(null, 2)]))",
              List.of(1, 2)),
          new Example(
              "SAMPLE_GET(SAMPLE_MERGE([SAMPLE_ADD(null, 2)], SAMPLE_ADD(null, 1)))",
              List.of(1, 2)),
          new Example("SAMPLE_MERGE([])", null),
          new Example("SAMPLE_MERGE(null)", null),
          new Example(
              "SAMPLE_MERGE([7])",
              Example.failure("argument 1 is the integer 7, expected a sample of SAMPLE_INIT")),
          new Example(
                  "SAMPLE_MERGE(x)",
                  Example.failure("argument 1 is the integer 7, expected list or set"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("SAMPLE_MERGE")
          .group("Samples")
          .means("Samples the values of some samples.")
          .takesOptional("samples", "a list of samples", Type.LIST, Type.SET)
          .takesOptional(
              "base",
              "the sample to add them to, which changes; a new one of the size of the first when left out",
              Type.STATE)
          .returns(Type.STATE, "null for null and for an empty list")
          .fails("When an element is no sample.")
          .impure()
          .examples(EXAMPLES)
          .body2(SampleMerge::call);

  private SampleMerge() {}

  static @Nullable Object call(
      Evaluation evaluation, @Nullable Object samples, @Nullable Object base) {
    if (samples == null) {
      return null;
    }
    List<Reservoir> reservoirs = new ArrayList<>();
    for (Object element : Arguments.elements(1, samples)) {
      evaluation.step();
      reservoirs.add(Reservoir.argument(1, element));
    }
    Reservoir given = base == null ? null : Reservoir.argument(2, base);
    if (reservoirs.isEmpty()) {
      return null;
    }
    Reservoir merged = given == null ? new Reservoir(reservoirs.getFirst().size()) : given;
    for (Reservoir reservoir : reservoirs) {
      for (Object value : reservoir.values().toArray()) {
        merged.add(evaluation, 1, value);
      }
    }
    return merged;
  }
}
