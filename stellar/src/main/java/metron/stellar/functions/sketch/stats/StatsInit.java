package metron.stellar.functions.sketch.stats;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `STATS_INIT(window?)`
public final class StatsInit {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("STATS_COUNT(STATS_INIT())", 0.0),
          new Example("STATS_MEAN(STATS_ADD(STATS_INIT(2), 1, 2, 3))", 2.5),
          new Example("STATS_COUNT(STATS_INIT(null))", 0.0),
          new Example(
              "STATS_INIT(2000000)",
              Example.failure("argument 1 is 2000000, expected up to 1048576")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("STATS_INIT")
          .group("Statistics")
          .means("Makes statistics of numbers.")
          .takesOptional(
              "window",
              "how many of the last numbers count; 0, null and nothing for all, which are then not kept",
              Type.ANY)
          .returns(Type.STATE, "")
          .fails("When the window is larger than 1,048,576.")
          .impure()
          .examples(EXAMPLES)
          .body1(StatsInit::call);

  private StatsInit() {}

  static Object call(Evaluation evaluation, @Nullable Object window) {
    int size = window instanceof Number n ? n.intValue() : 0;
    if (size > WindowedStatistics.LARGEST) {
      throw FunctionFailure.argument(
          1, "is %d, expected up to %d".formatted(size, WindowedStatistics.LARGEST));
    }
    evaluation.allocate(200);
    return size > 0 ? new WindowedStatistics(size) : new OnlineStatistics();
  }
}
