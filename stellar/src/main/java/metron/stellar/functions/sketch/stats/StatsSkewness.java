package metron.stellar.functions.sketch.stats;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `STATS_SKEWNESS(statistics)`
public final class StatsSkewness {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("STATS_SKEWNESS(STATS_ADD(STATS_INIT(), 1, 2, 3))", 0.0),
          new Example("STATS_SKEWNESS(STATS_ADD(STATS_INIT(), 1, 2))", Double.NaN),
          new Example("STATS_SKEWNESS(null)", Double.NaN),
          new Example(
                  "STATS_SKEWNESS(x)",
                  Example.failure("argument 1 is the integer 7, expected statistics of STATS_INIT"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("STATS_SKEWNESS")
          .group("Statistics")
          .means("Answers how lopsided the numbers are: 0 when they are not.")
          .takes("statistics", "statistics of STATS_INIT", Type.STATE)
          .returns(Type.DOUBLE, "NaN for null")
          .fails("When the argument is no statistics.")
          .examples(EXAMPLES)
          .body1(StatsSkewness::call);

  private StatsSkewness() {}

  static Object call(Evaluation evaluation, @Nullable Object statistics) {
    Statistics seen = Statistics.argument(1, statistics);
    return seen == null ? Double.NaN : seen.skewness();
  }
}
