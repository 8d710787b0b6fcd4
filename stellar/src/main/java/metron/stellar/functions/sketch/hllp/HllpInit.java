package metron.stellar.functions.sketch.hllp;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `HLLP_INIT(precision?, sparse?)`
public final class HllpInit {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("HLLP_CARDINALITY(HLLP_INIT())", 0L),
          new Example("HLLP_CARDINALITY(HLLP_ADD(HLLP_INIT(5, 6), 'a'))", 1L),
          new Example("HLLP_INIT(3)", Example.failure("argument 1 is 3, expected 4 to 21")),
          new Example("HLLP_INIT(14, 40)", Example.failure("argument 2 is 40, expected 0 to 32")),
          new Example("HLLP_INIT(null)", Example.failure("argument 1 is null, expected integer")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("HLLP_INIT")
          .group("Distinct counts")
          .means("Makes a counter of different values.")
          .takesOptional(
              "precision",
              "4 to 21; each more doubles the memory and divides the error by 1.4. 14 when left out, for an error of 0.8 percent",
              Type.NUMBER,
              Type.STRING)
          .takesOptional(
              "sparse",
              "as in Metron, where it set the precision of small counts; here these are always exact to the last few. Checked and not used",
              Type.NUMBER,
              Type.STRING)
          .returns(Type.STATE, "")
          .fails("When a precision is no number or out of range.")
          .impure()
          .examples(EXAMPLES)
          .bodyN(HllpInit::call);

  private HllpInit() {}

  static Object call(Evaluation evaluation, @Nullable Object[] arguments) {
    int precision =
        arguments.length < 1
            ? 14
            : Arguments.integer(1, arguments[0], DistinctCount.COARSEST, DistinctCount.FINEST);
    if (arguments.length > 1) {
      int sparse = Arguments.integer(2, arguments[1], 0, 32);
      if (sparse != 0 && sparse < precision) {
        throw FunctionFailure.argument(
            2, "is %d, expected 0 or at least %d".formatted(sparse, precision));
      }
    }
    return DistinctCount.of(evaluation, precision);
  }
}
