package metron.stellar.functions.sketch.stats;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `STATS_VARIANCE(statistics)`
public final class StatsVariance {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("STATS_VARIANCE(STATS_ADD(STATS_INIT(), 1, 3, 5))", 4.0),
          new Example("STATS_VARIANCE(null)", Double.NaN),
          new Example(
                  "STATS_VARIANCE(x)",
                  Example.failure("argument 1 is the integer 7, expected statistics of STATS_INIT"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("STATS_VARIANCE")
          .group("Statistics")
          .means(
              "Answers the variance of a sample: squares of distances from the mean, divided by one less than their number.")
          .takes("statistics", "statistics of STATS_INIT", Type.STATE)
          .returns(Type.DOUBLE, "NaN for null")
          .fails("When the argument is no statistics.")
          .examples(EXAMPLES)
          .body1(StatsVariance::call);

  private StatsVariance() {}

  static Object call(Evaluation evaluation, @Nullable Object statistics) {
    Statistics seen = Statistics.argument(1, statistics);
    return seen == null ? Double.NaN : seen.variance();
  }
}
