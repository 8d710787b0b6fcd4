package metron.stellar.functions.sketch.stats;

import metron.stellar.function.FunctionFailure;
import metron.stellar.functions.sketch.Sketch;
import org.jspecify.annotations.Nullable;

/// Numbers seen, and what is asked of them.
public sealed interface Statistics extends Sketch permits OnlineStatistics, WindowedStatistics {
  /// @throws FunctionFailure when the number is NaN or a sum leaves the range of a double
  void add(double value);

  long count();

  double mean();

  /// @throws FunctionFailure when the values are not kept
  double geometricMean();

  double sum();

  double max();

  double min();

  /// @throws FunctionFailure when the values are not kept
  double populationVariance();

  double variance();

  double quadraticMean();

  /// @throws FunctionFailure when only a window is kept
  double sumLogs();

  double sumSquares();

  double skewness();

  double kurtosis();

  /// @param percent 0 to 100
  /// @throws FunctionFailure when it is out of range
  double percentile(double percent);

  /// Square root of [#variance].
  default double standardDeviation() {
    return Math.sqrt(variance());
  }

  /// An argument that is a statistics object, or null for null.
  static @Nullable Statistics argument(int argument, @Nullable Object value) {
    if (value == null || value instanceof Statistics) {
      return (Statistics) value;
    }
    throw FunctionFailure.type(argument, value, "statistics of STATS_INIT");
  }
}
