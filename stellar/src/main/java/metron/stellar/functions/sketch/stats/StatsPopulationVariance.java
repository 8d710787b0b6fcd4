package metron.stellar.functions.sketch.stats;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `STATS_POPULATION_VARIANCE(statistics)`
public final class StatsPopulationVariance {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("STATS_POPULATION_VARIANCE(STATS_ADD(STATS_INIT(10), 1, 3))", 1.0),
          new Example(
              "STATS_POPULATION_VARIANCE(STATS_INIT())",
              Example.failure("the population variance needs the values")),
          new Example("STATS_POPULATION_VARIANCE(null)", Double.NaN),
          new Example(
                  "STATS_POPULATION_VARIANCE(x)",
                  Example.failure("argument 1 is the integer 7, expected statistics of STATS_INIT"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("STATS_POPULATION_VARIANCE")
          .group("Statistics")
          .means("Answers the variance of the numbers of a window as all there are.")
          .takes("statistics", "statistics of STATS_INIT", Type.STATE)
          .returns(Type.DOUBLE, "NaN for null")
          .fails("When the argument is no statistics, or has no window.")
          .examples(EXAMPLES)
          .body1(StatsPopulationVariance::call);

  private StatsPopulationVariance() {}

  static Object call(Evaluation evaluation, @Nullable Object statistics) {
    Statistics seen = Statistics.argument(1, statistics);
    return seen == null ? Double.NaN : seen.populationVariance();
  }
}
