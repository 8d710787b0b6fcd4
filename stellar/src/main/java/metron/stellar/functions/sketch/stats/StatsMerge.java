package metron.stellar.functions.sketch.stats;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `STATS_MERGE(statistics?)`
public final class StatsMerge {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("STATS_SUM(STATS_MERGE([STATS_ADD(null, 1), STATS_ADD(null, 2)]))", 3.0),
          new Example("STATS_MERGE([])", null),
          new Example("STATS_MERGE(null)", null),
          new Example(
              "STATS_MERGE([STATS_INIT(2), STATS_INIT(2)])",
              Example.failure("statistics with a window do not merge")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("STATS_MERGE")
          .group("Statistics")
          .means("Makes statistics of all numbers that some statistics have seen.")
          .takesOptional("statistics", "a list of them; what is none is passed over", Type.ANY)
          .returns(Type.STATE, "the only one of the list itself; null when there is none")
          .fails("When one of several has a window.")
          .impure()
          .examples(EXAMPLES)
          .body1(StatsMerge::call);

  private StatsMerge() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object statistics) {
    if (!(statistics instanceof List<?> list)) {
      return null;
    }
    Statistics merged = null;
    for (Object element : list) {
      if (!(element instanceof Statistics next)) {
        continue;
      }
      evaluation.steps(100);
      if (merged == null) {
        merged = next;
      } else if (merged instanceof OnlineStatistics a && next instanceof OnlineStatistics b) {
        evaluation.allocate(40_000);
        merged = a.merge(b);
      } else {
        throw FunctionFailure.argument(1, "has a window: statistics with a window do not merge");
      }
    }
    return merged;
  }
}
