package metron.stellar.functions.sketch.sample;

import java.util.ArrayList;
import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `SAMPLE_GET(sample?)`
public final class SampleGet {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("SAMPLE_GET(SAMPLE_ADD(SAMPLE_INIT(), ['a', 'b']))", List.of("a", "b")),
          new Example("SAMPLE_GET(null)", null),
          new Example(
                  "SAMPLE_GET(x)",
                  Example.failure("argument 1 is the integer 7, expected a sample of SAMPLE_INIT"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("SAMPLE_GET")
          .group("Samples")
          .means("Answers the values of a sample.")
          .takesOptional("sample", "the sample", Type.STATE)
          .returns(Type.LIST, "null for null")
          .fails("When the argument is no sample.")
          .impure()
          .examples(EXAMPLES)
          .body1(SampleGet::call);

  private SampleGet() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object sample) {
    if (sample == null) {
      return null;
    }
    Reservoir reservoir = Reservoir.argument(1, sample);
    evaluation.allocate(16L * reservoir.values().size());
    return new ArrayList<>(reservoir.values());
  }
}
