package metron.stellar.functions.sketch.stats;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `STATS_QUADRATIC_MEAN(statistics)`
public final class StatsQuadraticMean {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("STATS_QUADRATIC_MEAN(STATS_ADD(STATS_INIT(), 1, 7))", 5.0),
          new Example("STATS_QUADRATIC_MEAN(null)", Double.NaN),
          new Example(
                  "STATS_QUADRATIC_MEAN(x)",
                  Example.failure("argument 1 is the integer 7, expected statistics of STATS_INIT"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("STATS_QUADRATIC_MEAN")
          .group("Statistics")
          .means("Answers the root of the mean of the squares.")
          .takes("statistics", "statistics of STATS_INIT", Type.STATE)
          .returns(Type.DOUBLE, "NaN for null")
          .fails("When the argument is no statistics.")
          .examples(EXAMPLES)
          .body1(StatsQuadraticMean::call);

  private StatsQuadraticMean() {}

  static Object call(Evaluation evaluation, @Nullable Object statistics) {
    Statistics seen = Statistics.argument(1, statistics);
    return seen == null ? Double.NaN : seen.quadraticMean();
  }
}
