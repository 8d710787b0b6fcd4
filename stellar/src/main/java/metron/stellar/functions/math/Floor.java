package metron.stellar.functions.math;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `FLOOR(number?)`
public final class Floor {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("FLOOR(1.8)", 1.0),
          new Example("FLOOR(-1.2)", -2.0),
          new Example("FLOOR(null)", Double.NaN),
          new Example("FLOOR(x)", Example.failure("argument 1 is the string 'a', expected number"))
              .given("x", "a"));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("FLOOR")
          .group("Maths")
          .means("Answers the largest whole number that is not above a number.")
          .takesOptional("number", "any number", Type.NUMBER)
          .returns(Type.DOUBLE, "NaN when the number is null or left out")
          .fails("When the argument is no number.")
          .examples(EXAMPLES)
          .body1(Floor::call);

  private Floor() {}

  static Object call(Evaluation evaluation, @Nullable Object number) {
    if (number == null) {
      return Double.NaN;
    }
    double x = Arguments.number(1, number).doubleValue();
    return Math.floor(x);
  }
}
