package metron.stellar.functions.math;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `SIN(number?)`
public final class Sin {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("SIN(0)", 0.0),
          new Example("SIN(null)", Double.NaN),
          new Example("SIN(x)", Example.failure("argument 1 is the string 'a', expected number"))
              .given("x", "a"));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("SIN")
          .group("Maths")
          .means("Answers the sine of an angle in radians.")
          .takesOptional("number", "any number", Type.NUMBER)
          .returns(Type.DOUBLE, "NaN when the number is null or left out")
          .fails("When the argument is no number.")
          .examples(EXAMPLES)
          .body1(Sin::call);

  private Sin() {}

  static Object call(Evaluation evaluation, @Nullable Object number) {
    if (number == null) {
      return Double.NaN;
    }
    double x = Arguments.number(1, number).doubleValue();
    return Math.sin(x);
  }
}
