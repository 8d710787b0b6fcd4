package metron.stellar.functions.sketch.outlier;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `OUTLIER_MAD_SCORE(state, value, scale?)`
public final class MadScore {
  static final List<Example> EXAMPLES =
      List.of(
          new Example(
              "ROUND(OUTLIER_MAD_SCORE(OUTLIER_MAD_ADD(OUTLIER_MAD_STATE_MERGE([]), [1, 2, 3, 4, 5]), 103, 1))",
              57L),
          new Example("OUTLIER_MAD_SCORE(null, 1)", Double.NaN),
          new Example("OUTLIER_MAD_SCORE(OUTLIER_MAD_STATE_MERGE([]), null)", Double.NaN),
          new Example(
                  "OUTLIER_MAD_SCORE(x, 1)",
                  Example.failure(
                      "argument 1 is the integer 7, expected a state of OUTLIER_MAD_STATE_MERGE"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("OUTLIER_MAD_SCORE")
          .group("Outliers")
          .means(
              "Scores how far a number is from the usual ones: its distance from their median, in median distances.")
          .takes("state", "the state", Type.STATE)
          .takes("value", "the number", Type.NUMBER)
          .takesOptional(
              "scale",
              "a factor; 0.6745 when left out, which makes the score of a normal distribution one of standard deviations",
              Type.NUMBER)
          .returns(Type.DOUBLE, "from about 3.5 on an outlier; NaN when either is null")
          .fails("When the first argument is no state, or another no number.")
          .examples(EXAMPLES)
          .body3(MadScore::call);

  private MadScore() {}

  static Object call(
      Evaluation evaluation,
      @Nullable Object state,
      @Nullable Object value,
      @Nullable Object scale) {
    Deviation deviation = Deviation.argument(1, state);
    double factor = scale == null ? 0.6745 : Arguments.number(3, scale).doubleValue();
    if (deviation == null || value == null) {
      return Double.NaN;
    }
    return deviation.score(Arguments.number(2, value).doubleValue(), factor);
  }
}
