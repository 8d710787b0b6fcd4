package metron.stellar.functions.math;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `COS(number?)`
public final class Cos {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("COS(0)", 1.0),
          new Example("COS(null)", Double.NaN),
          new Example("COS(x)", Example.failure("argument 1 is the string 'a', expected number"))
              .given("x", "a"));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("COS")
          .group("Maths")
          .means("Answers the cosine of an angle in radians.")
          .takesOptional("number", "any number", Type.NUMBER)
          .returns(Type.DOUBLE, "NaN when the number is null or left out")
          .fails("When the argument is no number.")
          .examples(EXAMPLES)
          .body1(Cos::call);

  private Cos() {}

  static Object call(Evaluation evaluation, @Nullable Object number) {
    if (number == null) {
      return Double.NaN;
    }
    double x = Arguments.number(1, number).doubleValue();
    return Math.cos(x);
  }
}
