package metron.stellar.functions.conversion;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Conversion;
import org.jspecify.annotations.Nullable;

/// `TO_FLOAT(value)`
public final class ToFloat {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("TO_FLOAT('1.5')", 1.5f),
          new Example("TO_FLOAT(2)", 2.0f),
          new Example("TO_FLOAT(1e300)", null),
          new Example("TO_FLOAT('x')", null),
          new Example("TO_FLOAT(null)", null));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("TO_FLOAT")
          .group("Conversion")
          .means("Turns a value into a float.")
          .takes("value", "a number, a boolean or a text", Type.ANY)
          .returns(Type.FLOAT, "null for what is no such number; null also for what is too large")
          .neverFails()
          .examples(EXAMPLES)
          .body1(ToFloat::call);

  private ToFloat() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object value) {
    return Conversion.toFloat(value);
  }
}
