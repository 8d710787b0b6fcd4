package metron.stellar.functions.sketch.sample;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `SAMPLE_INIT(size?)`
public final class SampleInit {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("SAMPLE_GET(SAMPLE_ADD(SAMPLE_INIT(2), [1, 2]))", List.of(1, 2)),
          new Example("SAMPLE_GET(SAMPLE_INIT())", List.of()),
          new Example("SAMPLE_GET(SAMPLE_INIT(null))", List.of()),
          new Example("SAMPLE_INIT(0)", Example.failure("argument 1 is 0, expected 1 to 1048576")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("SAMPLE_INIT")
          .group("Samples")
          .means("Makes a sample of values.")
          .takesOptional(
              "size",
              "how many values it keeps, 1 to 1,048,576; 1,024 when left out or null",
              Type.NUMBER,
              Type.STRING)
          .returns(Type.STATE, "")
          .fails("When the size is no number or out of range.")
          .impure()
          .examples(EXAMPLES)
          .body1(SampleInit::call);

  private SampleInit() {}

  static Object call(Evaluation evaluation, @Nullable Object size) {
    evaluation.allocate(100);
    return new Reservoir(
        size == null ? Reservoir.DEFAULT_SIZE : Arguments.integer(1, size, 1, Reservoir.LARGEST));
  }
}
