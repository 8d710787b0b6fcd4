package metron.stellar.functions.math;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `CEILING(number?)`
public final class Ceiling {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("CEILING(1.2)", 2.0),
          new Example("CEILING(-1.2)", -1.0),
          new Example("CEILING(3)", 3.0),
          new Example("CEILING(null)", Double.NaN),
          new Example(
                  "CEILING(x)", Example.failure("argument 1 is the string 'a', expected number"))
              .given("x", "a"));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("CEILING")
          .group("Maths")
          .means("Answers the smallest whole number that is not below a number.")
          .takesOptional("number", "any number", Type.NUMBER)
          .returns(Type.DOUBLE, "NaN when the number is null or left out")
          .fails("When the argument is no number.")
          .examples(EXAMPLES)
          .body1(Ceiling::call);

  private Ceiling() {}

  static Object call(Evaluation evaluation, @Nullable Object number) {
    if (number == null) {
      return Double.NaN;
    }
    double x = Arguments.number(1, number).doubleValue();
    return Math.ceil(x);
  }
}
