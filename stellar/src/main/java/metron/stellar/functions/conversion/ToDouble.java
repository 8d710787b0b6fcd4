package metron.stellar.functions.conversion;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Conversion;
import org.jspecify.annotations.Nullable;

/// `TO_DOUBLE(value)`
public final class ToDouble {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("TO_DOUBLE('1e3')", 1000.0),
          new Example("TO_DOUBLE(2)", 2.0),
          new Example("TO_DOUBLE('NaN')", Double.NaN),
          new Example("TO_DOUBLE('x')", null),
          new Example("TO_DOUBLE(null)", null));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("TO_DOUBLE")
          .group("Conversion")
          .means("Turns a value into a double.")
          .takes("value", "a number, a boolean or a text", Type.ANY)
          .returns(
              Type.DOUBLE, "null for what is no such number; a list stands for its first element")
          .neverFails()
          .examples(EXAMPLES)
          .body1(ToDouble::call);

  private ToDouble() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object value) {
    return Conversion.toDouble(value);
  }
}
