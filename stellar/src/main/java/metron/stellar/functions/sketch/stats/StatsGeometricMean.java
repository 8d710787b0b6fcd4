package metron.stellar.functions.sketch.stats;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `STATS_GEOMETRIC_MEAN(statistics)`
public final class StatsGeometricMean {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("ROUND(STATS_GEOMETRIC_MEAN(STATS_ADD(STATS_INIT(10), 2, 8)))", 4L),
          new Example(
              "STATS_GEOMETRIC_MEAN(STATS_INIT())",
              Example.failure(
                  "the geometric mean needs the values: give STATS_INIT the size of a window")),
          new Example("STATS_GEOMETRIC_MEAN(null)", Double.NaN),
          new Example(
                  "STATS_GEOMETRIC_MEAN(x)",
                  Example.failure("argument 1 is the integer 7, expected statistics of STATS_INIT"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("STATS_GEOMETRIC_MEAN")
          .group("Statistics")
          .means("Answers the geometric mean of the numbers of a window.")
          .takes("statistics", "statistics of STATS_INIT", Type.STATE)
          .returns(Type.DOUBLE, "NaN for null")
          .fails("When the argument is no statistics, or has no window.")
          .examples(EXAMPLES)
          .body1(StatsGeometricMean::call);

  private StatsGeometricMean() {}

  static Object call(Evaluation evaluation, @Nullable Object statistics) {
    Statistics seen = Statistics.argument(1, statistics);
    return seen == null ? Double.NaN : seen.geometricMean();
  }
}
