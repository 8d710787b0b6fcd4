package metron.stellar.functions.sketch.stats;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `STATS_SUM_LOGS(statistics)`
public final class StatsSumLogs {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("STATS_SUM_LOGS(STATS_ADD(STATS_INIT(), 1, 1))", 0.0),
          new Example(
              "STATS_SUM_LOGS(STATS_INIT(2))",
              Example.failure("the sum of logarithms is not kept for a window")),
          new Example("STATS_SUM_LOGS(null)", Double.NaN),
          new Example(
                  "STATS_SUM_LOGS(x)",
                  Example.failure("argument 1 is the integer 7, expected statistics of STATS_INIT"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("STATS_SUM_LOGS")
          .group("Statistics")
          .means("Answers the sum of the natural logarithms.")
          .takes("statistics", "statistics of STATS_INIT", Type.STATE)
          .returns(Type.DOUBLE, "NaN for null")
          .fails("When the argument is no statistics, or has a window.")
          .examples(EXAMPLES)
          .body1(StatsSumLogs::call);

  private StatsSumLogs() {}

  static Object call(Evaluation evaluation, @Nullable Object statistics) {
    Statistics seen = Statistics.argument(1, statistics);
    return seen == null ? Double.NaN : seen.sumLogs();
  }
}
