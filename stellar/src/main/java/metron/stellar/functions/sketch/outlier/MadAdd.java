package metron.stellar.functions.sketch.outlier;

import java.util.ArrayList;
import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `OUTLIER_MAD_ADD(state, value)`
public final class MadAdd {
  static final List<Example> EXAMPLES =
      List.of(
          new Example(
              "OUTLIER_MAD_SCORE(OUTLIER_MAD_ADD(OUTLIER_MAD_STATE_MERGE([]), [1, 1, 2, 2, 4, 6, 9]), 90) > 3.5",
              true),
          new Example("OUTLIER_MAD_ADD(null, 1)", null),
          new Example(
              "OUTLIER_MAD_SCORE(OUTLIER_MAD_ADD(OUTLIER_MAD_STATE_MERGE([]), null), 1)",
              Double.NaN),
          new Example(
              "OUTLIER_MAD_ADD(OUTLIER_MAD_STATE_MERGE([]), ['a'])",
              Example.failure("argument 2 is the string 'a', expected number")),
          new Example(
                  "OUTLIER_MAD_ADD(x, 1)",
                  Example.failure(
                      "argument 1 is the integer 7, expected a state of OUTLIER_MAD_STATE_MERGE"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("OUTLIER_MAD_ADD")
          .group("Outliers")
          .means("Adds numbers to a state.")
          .takes("state", "the state, which changes", Type.STATE)
          .takes("value", "a number or a list of them", Type.NUMBER, Type.LIST)
          .returns(Type.STATE, "the state; null for null")
          .fails("When the first argument is no state, or a value no number.")
          .impure()
          .examples(EXAMPLES)
          .body2(MadAdd::call);

  private MadAdd() {}

  static @Nullable Object call(
      Evaluation evaluation, @Nullable Object state, @Nullable Object value) {
    Deviation deviation = Deviation.argument(1, state);
    List<Double> numbers = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object element : list) {
        evaluation.step();
        evaluation.allocate(40);
        numbers.add(Arguments.number(2, element).doubleValue());
      }
    } else if (value != null) {
      numbers.add(Arguments.number(2, value).doubleValue());
    }
    if (deviation != null) {
      for (double number : numbers) {
        evaluation.steps(10);
        deviation.add(number);
      }
    }
    return deviation;
  }
}
