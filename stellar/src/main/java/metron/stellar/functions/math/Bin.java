package metron.stellar.functions.math;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import metron.stellar.functions.Bins;
import metron.stellar.functions.Conversion;
import org.jspecify.annotations.Nullable;

/// `BIN(value?, bounds?)`
public final class Bin {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("BIN(5, [10, 20])", 0),
          new Example("BIN(10, [10, 20])", 0),
          new Example("BIN(15, [10, 20])", 1),
          new Example("BIN(99, [10, 20])", 2),
          new Example("BIN(null, [10, 20])", -1),
          new Example("BIN(5, [])", -1),
          new Example(
              "BIN(50, [20, 10])",
              Example.failure("argument 2: has 10.0 after 20.0, expected bounds that do not fall")),
          new Example("BIN(5, x)", Example.failure("argument 2 is the integer 3, expected list"))
              .given("x", 3));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("BIN")
          .group("Maths")
          .means("Finds the bin of a value: the number of the first bound that is not below it.")
          .takesOptional("value", "the value", Type.NUMBER, Type.STRING)
          .takesOptional("bounds", "numbers in rising order", Type.LIST)
          .returns(
              Type.INTEGER,
              "from 0; the number of bounds when the value is above all; -1 when there is no value or no bound")
          .fails("When the bounds are no list, have an element that is no number, or fall.")
          .examples(EXAMPLES)
          .body2(Bin::call);

  private Bin() {}

  static Object call(Evaluation evaluation, @Nullable Object value, @Nullable Object bounds) {
    if (bounds != null && !(bounds instanceof List)) {
      throw FunctionFailure.type(2, bounds, "list");
    }
    Double x = Conversion.toDouble(value);
    List<?> list = bounds == null ? List.of() : (List<?>) bounds;
    if (x == null || list.isEmpty()) {
      return -1;
    }
    double[] numbers = new double[list.size()];
    evaluation.allocate(8L * numbers.length);
    for (int i = 0; i < numbers.length; i++) {
      evaluation.step();
      numbers[i] = Arguments.number(2, list.get(i)).doubleValue();
    }
    return Bins.find(x, numbers.length, i -> numbers[i], 2);
  }
}
