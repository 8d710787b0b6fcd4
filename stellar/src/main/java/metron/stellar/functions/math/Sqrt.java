package metron.stellar.functions.math;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `SQRT(number?)`
public final class Sqrt {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("SQRT(9)", 3.0),
          new Example("SQRT(-1)", Double.NaN),
          new Example("SQRT(null)", Double.NaN),
          new Example("SQRT(x)", Example.failure("argument 1 is the string 'a', expected number"))
              .given("x", "a"));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("SQRT")
          .group("Maths")
          .means("Answers the square root of a number.")
          .takesOptional("number", "any number", Type.NUMBER)
          .returns(Type.DOUBLE, "NaN when the number is null or left out")
          .fails("When the argument is no number.")
          .examples(EXAMPLES)
          .body1(Sqrt::call);

  private Sqrt() {}

  static Object call(Evaluation evaluation, @Nullable Object number) {
    if (number == null) {
      return Double.NaN;
    }
    double x = Arguments.number(1, number).doubleValue();
    return Math.sqrt(x);
  }
}
