package metron.stellar.functions.sketch.sample;

import java.util.Collection;
import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `SAMPLE_ADD(sample, value)`
public final class SampleAdd {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("SAMPLE_GET(SAMPLE_ADD(SAMPLE_INIT(), 'a'))", List.of("a")),
          new Example("SAMPLE_GET(SAMPLE_ADD(null, [1, null, 2]))", List.of(1, 2)),
          new Example("LENGTH(SAMPLE_GET(SAMPLE_ADD(SAMPLE_INIT(2), [1, 2, 3, 4])))", 2),
          new Example("SAMPLE_GET(SAMPLE_ADD(SAMPLE_INIT(), null))", List.of()),
          new Example(
                  "SAMPLE_ADD(x, 1)",
                  Example.failure("argument 1 is the integer 7, expected a sample of SAMPLE_INIT"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("SAMPLE_ADD")
          .group("Samples")
          .means("Adds a value, or each element of a list or set, to a sample.")
          .takes("sample", "the sample, which changes; null for a new one", Type.STATE)
          .takes("value", "the value; null is passed over", Type.ANY)
          .returns(Type.STATE, "the sample")
          .fails("When the first argument is no sample.")
          .impure()
          .examples(EXAMPLES)
          .body2(SampleAdd::call);

  private SampleAdd() {}

  static Object call(Evaluation evaluation, @Nullable Object sample, @Nullable Object value) {
    Reservoir reservoir =
        sample == null ? new Reservoir(Reservoir.DEFAULT_SIZE) : Reservoir.argument(1, sample);
    if (value instanceof Collection<?> values) {
      for (Object element : values.toArray()) {
        reservoir.add(evaluation, 2, element);
      }
    } else {
      reservoir.add(evaluation, 2, value);
    }
    return reservoir;
  }
}
