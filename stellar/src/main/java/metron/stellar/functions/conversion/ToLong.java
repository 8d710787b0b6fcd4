package metron.stellar.functions.conversion;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Conversion;
import org.jspecify.annotations.Nullable;

/// `TO_LONG(value)`
public final class ToLong {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("TO_LONG('443')", 443L),
          new Example("TO_LONG(1.9)", 1L),
          new Example("TO_LONG(7)", 7L),
          new Example("TO_LONG('x')", null),
          new Example("TO_LONG(null)", null));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("TO_LONG")
          .group("Conversion")
          .means("Turns a value into a long.")
          .takes("value", "a number, a boolean or a text", Type.ANY)
          .returns(Type.LONG, "null for what is no such number; a fraction is cut off")
          .neverFails()
          .examples(EXAMPLES)
          .body1(ToLong::call);

  private ToLong() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object value) {
    return Conversion.toLong(value);
  }
}
