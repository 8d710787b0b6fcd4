package metron.stellar.functions.math;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `LOG2(number?)`
public final class Log2 {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("LOG2(8)", Math.log(8) / Math.log(2)),
          new Example("LOG2(1)", 0.0),
          new Example("LOG2(null)", Double.NaN),
          new Example("LOG2(x)", Example.failure("argument 1 is the string 'a', expected number"))
              .given("x", "a"));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("LOG2")
          .group("Maths")
          .means("Answers the logarithm of a number to base 2.")
          .takesOptional("number", "any number", Type.NUMBER)
          .returns(Type.DOUBLE, "NaN when the number is null or left out")
          .fails("When the argument is no number.")
          .examples(EXAMPLES)
          .body1(Log2::call);

  private Log2() {}

  static Object call(Evaluation evaluation, @Nullable Object number) {
    if (number == null) {
      return Double.NaN;
    }
    double x = Arguments.number(1, number).doubleValue();
    return Math.log(x) / Math.log(2);
  }
}
