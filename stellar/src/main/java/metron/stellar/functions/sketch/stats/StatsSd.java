package metron.stellar.functions.sketch.stats;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `STATS_SD(statistics)`
public final class StatsSd {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("STATS_SD(STATS_ADD(STATS_INIT(), 1, 3, 5))", 2.0),
          new Example("STATS_SD(null)", Double.NaN),
          new Example(
                  "STATS_SD(x)",
                  Example.failure("argument 1 is the integer 7, expected statistics of STATS_INIT"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("STATS_SD")
          .group("Statistics")
          .means("Answers the standard deviation of a sample.")
          .takes("statistics", "statistics of STATS_INIT", Type.STATE)
          .returns(Type.DOUBLE, "NaN for null")
          .fails("When the argument is no statistics.")
          .examples(EXAMPLES)
          .body1(StatsSd::call);

  private StatsSd() {}

  static Object call(Evaluation evaluation, @Nullable Object statistics) {
    Statistics seen = Statistics.argument(1, statistics);
    return seen == null ? Double.NaN : seen.standardDeviation();
  }
}
