package metron.stellar.functions.math;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `ABS(number?)`
public final class Abs {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("ABS(-5)", 5.0),
          new Example("ABS(2.5)", 2.5),
          new Example("ABS(null)", Double.NaN),
          new Example("ABS(x)", Example.failure("argument 1 is the string 'a', expected number"))
              .given("x", "a"));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("ABS")
          .group("Maths")
          .means("Answers how far a number is from zero.")
          .takesOptional("number", "any number", Type.NUMBER)
          .returns(Type.DOUBLE, "NaN when the number is null or left out")
          .fails("When the argument is no number.")
          .examples(EXAMPLES)
          .body1(Abs::call);

  private Abs() {}

  static Object call(Evaluation evaluation, @Nullable Object number) {
    if (number == null) {
      return Double.NaN;
    }
    double x = Arguments.number(1, number).doubleValue();
    return Math.abs(x);
  }
}
