package metron.stellar.functions.math;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.sketch.stats.Statistics;
import org.jspecify.annotations.Nullable;

/// `MIN(values)`
public final class Min {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("MIN([10, 15L, 15.3])", 10),
          new Example("MIN(['a', 'c', 'b'])", "a"),
          new Example("MIN([7, null])", 7),
          new Example("MIN([])", null),
          new Example("MIN([null])", null),
          new Example("MIN(STATS_ADD(STATS_INIT(), 1, 5))", 1.0),
          new Example(
              "MIN(['a', 1])",
              Example.failure("has the string 'a' and the integer 1, which do not compare")),
          new Example(
              "MIN(null)", Example.failure("argument 1 is null, expected list, set or statistics")),
          new Example(
                  "MIN(x)",
                  Example.failure("argument 1 is the integer 1, expected list, set or statistics"))
              .given("x", 1));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("MIN")
          .group("Maths")
          .means(
              "Finds the smallest element of a list, or the smallest value that statistics have seen.")
          .takes(
              "values",
              "a list or set of values that compare, or statistics",
              Type.LIST,
              Type.SET,
              Type.STATE)
          .returns(Type.ANY, "null when the list has none; nulls are passed over")
          .fails("When the argument is null or no list, or its elements do not compare.")
          .examples(EXAMPLES)
          .body1(Min::call);

  private Min() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object values) {
    if (values instanceof Statistics statistics) {
      return statistics.min();
    }
    return Extreme.of(evaluation, values, -1);
  }
}
