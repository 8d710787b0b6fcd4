package metron.stellar.functions.math;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `LOG10(number?)`
public final class Log10 {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("LOG10(1000)", 3.0),
          new Example("LOG10(0)", Double.NEGATIVE_INFINITY),
          new Example("LOG10(null)", Double.NaN),
          new Example("LOG10(x)", Example.failure("argument 1 is the string 'a', expected number"))
              .given("x", "a"));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("LOG10")
          .group("Maths")
          .means("Answers the logarithm of a number to base 10.")
          .takesOptional("number", "any number", Type.NUMBER)
          .returns(Type.DOUBLE, "NaN when the number is null or left out")
          .fails("When the argument is no number.")
          .examples(EXAMPLES)
          .body1(Log10::call);

  private Log10() {}

  static Object call(Evaluation evaluation, @Nullable Object number) {
    if (number == null) {
      return Double.NaN;
    }
    double x = Arguments.number(1, number).doubleValue();
    return Math.log10(x);
  }
}
