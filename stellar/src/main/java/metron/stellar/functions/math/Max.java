package metron.stellar.functions.math;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.sketch.stats.Statistics;
import org.jspecify.annotations.Nullable;

/// `MAX(values)`
public final class Max {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("MAX([10, 15L, 15.3])", 15.3),
          new Example("MAX(['a', 'c', 'b'])", "c"),
          new Example("MAX([7, null])", 7),
          new Example("MAX([])", null),
          new Example("MAX([null])", null),
          new Example("MAX(STATS_ADD(STATS_INIT(), 1, 5))", 5.0),
          new Example(
              "MAX(['a', 1])",
              Example.failure("has the string 'a' and the integer 1, which do not compare")),
          new Example(
              "MAX(null)", Example.failure("argument 1 is null, expected list, set or statistics")),
          new Example(
                  "MAX(x)",
                  Example.failure("argument 1 is the integer 1, expected list, set or statistics"))
              .given("x", 1));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("MAX")
          .group("Maths")
          .means(
              "Finds the largest element of a list, or the largest value that statistics have seen.")
          .takes(
              "values",
              "a list or set of values that compare, or statistics",
              Type.LIST,
              Type.SET,
              Type.STATE)
          .returns(Type.ANY, "null when the list has none; nulls are passed over")
          .fails("When the argument is null or no list, or its elements do not compare.")
          .examples(EXAMPLES)
          .body1(Max::call);

  private Max() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object values) {
    if (values instanceof Statistics statistics) {
      return statistics.max();
    }
    return Extreme.of(evaluation, values, 1);
  }
}
