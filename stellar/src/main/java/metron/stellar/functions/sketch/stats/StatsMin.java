package metron.stellar.functions.sketch.stats;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `STATS_MIN(statistics)`
public final class StatsMin {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("STATS_MIN(STATS_ADD(STATS_INIT(), 1, 2, 3, 4))", 1.0),
          new Example("STATS_MIN(null)", Double.NaN),
          new Example(
                  "STATS_MIN(x)",
                  Example.failure("argument 1 is the integer 7, expected statistics of STATS_INIT"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("STATS_MIN")
          .group("Statistics")
          .means("Answers the smallest number.")
          .takes("statistics", "statistics of STATS_INIT", Type.STATE)
          .returns(Type.DOUBLE, "NaN for null")
          .fails("When the argument is no statistics.")
          .examples(EXAMPLES)
          .body1(StatsMin::call);

  private StatsMin() {}

  static Object call(Evaluation evaluation, @Nullable Object statistics) {
    Statistics seen = Statistics.argument(1, statistics);
    return seen == null ? Double.NaN : seen.min();
  }
}
