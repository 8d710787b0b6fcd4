package metron.stellar.functions.conversion;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Conversion;
import org.jspecify.annotations.Nullable;

/// `TO_INTEGER(value)`
public final class ToInteger {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("TO_INTEGER('443')", 443),
          new Example("TO_INTEGER(' 12 ')", 12),
          new Example("TO_INTEGER(1.9)", 1),
          new Example("TO_INTEGER(true)", 1),
          new Example("TO_INTEGER([7, 8])", 7),
          new Example("TO_INTEGER('1.5')", null),
          new Example("TO_INTEGER('0x1F')", null),
          new Example("TO_INTEGER(3000000000L)", null),
          new Example("TO_INTEGER('')", null),
          new Example("TO_INTEGER(null)", null));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("TO_INTEGER")
          .group("Conversion")
          .means("Turns a value into an integer.")
          .takes("value", "a number, a boolean or a text", Type.ANY)
          .returns(Type.INTEGER, "null for what is no such number; a fraction is cut off")
          .neverFails()
          .examples(EXAMPLES)
          .body1(ToInteger::call);

  private ToInteger() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object value) {
    return Conversion.toInteger(value);
  }
}
