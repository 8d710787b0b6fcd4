package metron.stellar.functions.sketch.stats;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `STATS_MEAN(statistics)`
public final class StatsMean {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("STATS_MEAN(STATS_ADD(STATS_INIT(), 1, 2, 3, 4))", 2.5),
          new Example("STATS_MEAN(STATS_INIT())", Double.NaN),
          new Example("STATS_MEAN(null)", Double.NaN),
          new Example(
                  "STATS_MEAN(x)",
                  Example.failure("argument 1 is the integer 7, expected statistics of STATS_INIT"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("STATS_MEAN")
          .group("Statistics")
          .means("Answers the mean of the numbers.")
          .takes("statistics", "statistics of STATS_INIT", Type.STATE)
          .returns(Type.DOUBLE, "NaN for null")
          .fails("When the argument is no statistics.")
          .examples(EXAMPLES)
          .body1(StatsMean::call);

  private StatsMean() {}

  static Object call(Evaluation evaluation, @Nullable Object statistics) {
    Statistics seen = Statistics.argument(1, statistics);
    return seen == null ? Double.NaN : seen.mean();
  }
}
