package metron.stellar.functions.sketch.stats;

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

/// `STATS_BIN(statistics, value, bounds?)`
public final class StatsBin {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("STATS_BIN(STATS_ADD(STATS_INIT(), 1, 2, 3, 4, 5), 3)", 1),
          new Example("STATS_BIN(STATS_ADD(STATS_INIT(), 1, 2, 3, 4, 5), 9, 'DECILE')", 9),
          new Example("STATS_BIN(STATS_ADD(STATS_INIT(), 1, 2, 3, 4, 5), 2, [50])", 0),
          new Example("STATS_BIN(null, 3)", -1),
          new Example("STATS_BIN(STATS_INIT(), null)", -1),
          new Example(
              "STATS_BIN(STATS_INIT(), 3, 'HALVES')",
              Example.failure(
                  "argument 3 is the string 'HALVES', expected QUARTILE, QUINTILE, DECILE or a list of percents")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("STATS_BIN")
          .group("Statistics")
          .means("Finds the bin of a value between percentiles of the numbers.")
          .takes("statistics", "statistics of STATS_INIT", Type.STATE)
          .takes("value", "the value", Type.NUMBER, Type.STRING)
          .takesOptional(
              "bounds",
              "percents in rising order, or QUARTILE (when left out), QUINTILE or DECILE",
              Type.LIST,
              Type.STRING)
          .returns(Type.INTEGER, "from 0; -1 when there are no statistics, no value or no bound")
          .fails("When the first argument is no statistics, the bounds are unknown or fall.")
          .examples(EXAMPLES)
          .bodyN(StatsBin::call);

  private StatsBin() {}

  static Object call(Evaluation evaluation, @Nullable Object[] arguments) {
    Statistics seen = Statistics.argument(1, arguments[0]);
    Double value = Conversion.toDouble(arguments[1]);
    List<?> bounds = arguments.length < 3 ? split("QUARTILE") : bounds(arguments[2]);
    if (seen == null || value == null || bounds.isEmpty()) {
      return -1;
    }
    return Bins.find(
        value,
        bounds.size(),
        i -> {
          evaluation.steps(seen instanceof WindowedStatistics ? 1 + seen.count() : 1);
          return seen.percentile(Arguments.number(3, bounds.get(i)).doubleValue());
        },
        3);
  }

  private static List<?> bounds(@Nullable Object given) {
    List<?> bounds =
        given instanceof List<?> list ? list : given instanceof String name ? split(name) : null;
    if (bounds == null) {
      throw FunctionFailure.type(3, given, "QUARTILE, QUINTILE, DECILE or a list of percents");
    }
    return bounds;
  }

  private static @Nullable List<Integer> splitOrNull(String name) {
    return switch (name) {
      case "QUARTILE" -> List.of(25, 50, 75);
      case "QUINTILE" -> List.of(20, 40, 60, 80);
      case "DECILE" -> List.of(10, 20, 30, 40, 50, 60, 70, 80, 90);
      default -> null;
    };
  }

  private static List<Integer> split(String name) {
    List<Integer> split = splitOrNull(name);
    if (split == null) {
      throw FunctionFailure.type(3, name, "QUARTILE, QUINTILE, DECILE or a list of percents");
    }
    return split;
  }
}
