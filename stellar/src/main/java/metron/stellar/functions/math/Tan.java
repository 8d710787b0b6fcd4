package metron.stellar.functions.math;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `TAN(number?)`
public final class Tan {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("TAN(0)", 0.0),
          new Example("TAN(null)", Double.NaN),
          new Example("TAN(x)", Example.failure("argument 1 is the string 'a', expected number"))
              .given("x", "a"));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("TAN")
          .group("Maths")
          .means("Answers the tangent of an angle in radians.")
          .takesOptional("number", "any number", Type.NUMBER)
          .returns(Type.DOUBLE, "NaN when the number is null or left out")
          .fails("When the argument is no number.")
          .examples(EXAMPLES)
          .body1(Tan::call);

  private Tan() {}

  static Object call(Evaluation evaluation, @Nullable Object number) {
    if (number == null) {
      return Double.NaN;
    }
    double x = Arguments.number(1, number).doubleValue();
    return Math.tan(x);
  }
}
