package metron.stellar.functions.math;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `LN(number?)`
public final class Ln {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("LN(1)", 0.0),
          new Example("LN(0)", Double.NEGATIVE_INFINITY),
          new Example("LN(-1)", Double.NaN),
          new Example("LN(null)", Double.NaN),
          new Example("LN(x)", Example.failure("argument 1 is the string 'a', expected number"))
              .given("x", "a"));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("LN")
          .group("Maths")
          .means("Answers the natural logarithm of a number.")
          .takesOptional("number", "any number", Type.NUMBER)
          .returns(Type.DOUBLE, "NaN when the number is null or left out")
          .fails("When the argument is no number.")
          .examples(EXAMPLES)
          .body1(Ln::call);

  private Ln() {}

  static Object call(Evaluation evaluation, @Nullable Object number) {
    if (number == null) {
      return Double.NaN;
    }
    double x = Arguments.number(1, number).doubleValue();
    return Math.log(x);
  }
}
