package metron.stellar.functions.math;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `ROUND(number?)`
public final class Round {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("ROUND(2.5)", 3L),
          new Example("ROUND(-2.5)", -2L),
          new Example("ROUND(7)", 7L),
          new Example("ROUND(NaN)", Double.NaN),
          new Example("ROUND(null)", Double.NaN),
          new Example("ROUND(x)", Example.failure("argument 1 is the string 'a', expected number"))
              .given("x", "a"));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("ROUND")
          .group("Maths")
          .means("Rounds to the nearest whole number; a half goes up.")
          .takesOptional("number", "any number", Type.NUMBER)
          .returns(Type.NUMBER, "a long; NaN for NaN, null and nothing")
          .fails("When the argument is no number.")
          .examples(EXAMPLES)
          .body1(Round::call);

  private Round() {}

  static Object call(Evaluation evaluation, @Nullable Object number) {
    if (number == null) {
      return Double.NaN;
    }
    double x = Arguments.number(1, number).doubleValue();
    if (Double.isNaN(x)) {
      return Double.NaN;
    }
    return Math.round(x);
  }
}
