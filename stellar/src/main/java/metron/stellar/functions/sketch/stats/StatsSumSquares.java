package metron.stellar.functions.sketch.stats;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `STATS_SUM_SQUARES(statistics)`
public final class StatsSumSquares {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("STATS_SUM_SQUARES(STATS_ADD(STATS_INIT(), 1, 2, 3, 4))", 30.0),
          new Example("STATS_SUM_SQUARES(null)", Double.NaN),
          new Example(
                  "STATS_SUM_SQUARES(x)",
                  Example.failure("argument 1 is the integer 7, expected statistics of STATS_INIT"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("STATS_SUM_SQUARES")
          .group("Statistics")
          .means("Answers the sum of the squares.")
          .takes("statistics", "statistics of STATS_INIT", Type.STATE)
          .returns(Type.DOUBLE, "NaN for null")
          .fails("When the argument is no statistics.")
          .examples(EXAMPLES)
          .body1(StatsSumSquares::call);

  private StatsSumSquares() {}

  static Object call(Evaluation evaluation, @Nullable Object statistics) {
    Statistics seen = Statistics.argument(1, statistics);
    return seen == null ? Double.NaN : seen.sumSquares();
  }
}
