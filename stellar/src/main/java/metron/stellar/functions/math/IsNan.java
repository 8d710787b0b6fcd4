package metron.stellar.functions.math;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `IS_NAN(number)`
public final class IsNan {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("IS_NAN(NaN)", true),
          new Example("IS_NAN(1)", false),
          new Example("IS_NAN(SQRT(-1))", true),
          new Example("IS_NAN(null)", Example.failure("argument 1 is null, expected number")),
          new Example("IS_NAN(x)", Example.failure("argument 1 is the string 'a', expected number"))
              .given("x", "a"));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("IS_NAN")
          .group("Maths")
          .means("Says whether a number is NaN.")
          .takes("number", "any number", Type.NUMBER)
          .returns(Type.BOOLEAN, "")
          .fails("When the argument is null or no number.")
          .examples(EXAMPLES)
          .body1(IsNan::call);

  private IsNan() {}

  static Object call(Evaluation evaluation, @Nullable Object number) {
    return Double.isNaN(Arguments.number(1, number).doubleValue());
  }
}
