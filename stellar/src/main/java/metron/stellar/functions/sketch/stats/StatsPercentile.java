package metron.stellar.functions.sketch.stats;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Conversion;
import org.jspecify.annotations.Nullable;

/// `STATS_PERCENTILE(statistics, percent)`
public final class StatsPercentile {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("STATS_PERCENTILE(STATS_ADD(STATS_INIT(), 1, 2, 3, 4, 5), 50)", 3.0),
          new Example("STATS_PERCENTILE(STATS_ADD(STATS_INIT(), 1, 2), 50)", 1.5),
          new Example("STATS_PERCENTILE(STATS_ADD(STATS_INIT(10), 1, 2, 3), 100)", 3.0),
          new Example("STATS_PERCENTILE(null, 50)", Double.NaN),
          new Example("STATS_PERCENTILE(STATS_INIT(), null)", Double.NaN),
          new Example(
              "STATS_PERCENTILE(STATS_INIT(), 101)",
              Example.failure("the percentile is 101.0, expected 0 to 100")),
          new Example(
                  "STATS_PERCENTILE(x, 50)",
                  Example.failure("argument 1 is the integer 7, expected statistics of STATS_INIT"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("STATS_PERCENTILE")
          .group("Statistics")
          .means("Answers the number that so many percent of the numbers do not exceed.")
          .takes("statistics", "statistics of STATS_INIT", Type.STATE)
          .takes("percent", "0 to 100; above 0 for a window", Type.NUMBER, Type.STRING)
          .returns(
              Type.DOUBLE, "NaN when either is null; exact for up to 300 numbers and for windows")
          .fails("When the first argument is no statistics, or the second is out of range.")
          .examples(EXAMPLES)
          .body2(StatsPercentile::call);

  private StatsPercentile() {}

  static Object call(Evaluation evaluation, @Nullable Object statistics, @Nullable Object percent) {
    Statistics seen = Statistics.argument(1, statistics);
    Double p = Conversion.toDouble(percent);
    if (seen == null || p == null) {
      return Double.NaN;
    }
    evaluation.steps(seen instanceof WindowedStatistics ? seen.count() : 1);
    evaluation.allocate(seen instanceof WindowedStatistics ? 8 * seen.count() : 0);
    return seen.percentile(p);
  }
}
