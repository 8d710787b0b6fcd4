package metron.stellar.functions.sketch.stats;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `STATS_KURTOSIS(statistics)`
public final class StatsKurtosis {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("ROUND(STATS_KURTOSIS(STATS_ADD(STATS_INIT(), 1, 2, 3, 4)) * 10)", -12L),
          new Example("STATS_KURTOSIS(STATS_ADD(STATS_INIT(), 1, 2, 3))", Double.NaN),
          new Example("STATS_KURTOSIS(null)", Double.NaN),
          new Example(
                  "STATS_KURTOSIS(x)",
                  Example.failure("argument 1 is the integer 7, expected statistics of STATS_INIT"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("STATS_KURTOSIS")
          .group("Statistics")
          .means("Answers how heavy the tails are: 0 for a normal distribution.")
          .takes("statistics", "statistics of STATS_INIT", Type.STATE)
          .returns(Type.DOUBLE, "NaN for null")
          .fails("When the argument is no statistics.")
          .examples(EXAMPLES)
          .body1(StatsKurtosis::call);

  private StatsKurtosis() {}

  static Object call(Evaluation evaluation, @Nullable Object statistics) {
    Statistics seen = Statistics.argument(1, statistics);
    return seen == null ? Double.NaN : seen.kurtosis();
  }
}
