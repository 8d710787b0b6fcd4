package metron.stellar.functions.sketch.stats;

import java.util.Collection;
import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Conversion;
import org.jspecify.annotations.Nullable;

/// `STATS_ADD(statistics, value?...)`
public final class StatsAdd {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("STATS_SUM(STATS_ADD(STATS_INIT(), 1, 2, 3.5))", 6.5),
          new Example("STATS_COUNT(STATS_ADD(null, [1, 2, null], null, '3'))", 3.0),
          new Example(
              "STATS_ADD(null, 'many')",
              Example.failure("argument 2: has the string 'many', expected numbers")),
          new Example(
              "STATS_ADD(null, 1e200)",
              Example.failure("the sum of squares leaves the range of a double")),
          new Example(
                  "STATS_ADD(x, 1)",
                  Example.failure("argument 1 is the integer 7, expected statistics of STATS_INIT"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("STATS_ADD")
          .group("Statistics")
          .means("Adds numbers to statistics.")
          .takes("statistics", "statistics, which change; null for new ones", Type.STATE)
          .takesAny("value", "a number, or a list or set of them; nulls are passed over", Type.ANY)
          .returns(Type.STATE, "the statistics")
          .fails("When a value is no number, or NaN, or makes a sum leave the range of a double.")
          .impure()
          .examples(EXAMPLES)
          .bodyN(StatsAdd::call);

  private StatsAdd() {}

  static Object call(Evaluation evaluation, @Nullable Object[] arguments) {
    Statistics given = Statistics.argument(1, arguments[0]);
    Statistics statistics = given == null ? new OnlineStatistics() : given;
    for (int i = 1; i < arguments.length; i++) {
      if (arguments[i] instanceof Collection<?> values) {
        for (Object value : values) {
          add(evaluation, statistics, i + 1, value);
        }
      } else {
        add(evaluation, statistics, i + 1, arguments[i]);
      }
    }
    return statistics;
  }

  private static void add(
      Evaluation evaluation, Statistics statistics, int argument, @Nullable Object value) {
    if (value == null) {
      return;
    }
    evaluation.step();
    evaluation.allocate(16);
    Double number = Conversion.toDouble(value);
    if (number == null) {
      throw FunctionFailure.argument(
          argument, "has %s, expected numbers".formatted(Type.describe(value)));
    }
    statistics.add(number);
  }
}
