package metron.stellar.functions.sketch.outlier;

import java.util.ArrayList;
import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `OUTLIER_MAD_STATE_MERGE(states, current?)`
public final class MadStateMerge {
  static final List<Example> EXAMPLES =
      List.of(
          new Example(
              "OUTLIER_MAD_SCORE(OUTLIER_MAD_ADD(OUTLIER_MAD_STATE_MERGE([]), [1, 2, 3, 4, 100]), 3)",
              0.0),
          new Example("OUTLIER_MAD_SCORE(OUTLIER_MAD_STATE_MERGE(null), 3)", Double.NaN),
          new Example(
              "OUTLIER_MAD_STATE_MERGE([7])",
              Example.failure(
                  "argument 1 is the integer 7, expected a state of OUTLIER_MAD_STATE_MERGE")),
          new Example(
                  "OUTLIER_MAD_STATE_MERGE(x)",
                  Example.failure("argument 1 is the string 'a', expected list"))
              .given("x", "a"));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("OUTLIER_MAD_STATE_MERGE")
          .group("Outliers")
          .means(
              "Makes the state that outliers are measured against, from those of earlier periods.")
          .takes("states", "a list of states; nulls are passed over", Type.LIST)
          .takesOptional("current", "one more state", Type.STATE)
          .returns(Type.STATE, "a new state")
          .fails("When an element is no state.")
          .impure()
          .examples(EXAMPLES)
          .body2(MadStateMerge::call);

  private MadStateMerge() {}

  static Object call(Evaluation evaluation, @Nullable Object states, @Nullable Object current) {
    if (states != null && !(states instanceof List)) {
      throw FunctionFailure.type(1, states, "list");
    }
    List<Deviation> periods = new ArrayList<>();
    for (Object element : states == null ? List.of() : (List<?>) states) {
      evaluation.steps(100);
      evaluation.allocate(10_000);
      Deviation period = Deviation.argument(1, element);
      if (period != null) {
        periods.add(period);
      }
    }
    return Deviation.after(periods, Deviation.argument(2, current));
  }
}
