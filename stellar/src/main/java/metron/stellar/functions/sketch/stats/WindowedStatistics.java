package metron.stellar.functions.sketch.stats;

import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import metron.stellar.function.FunctionFailure;
import metron.stellar.functions.sketch.Sketch;
import metron.stellar.functions.sketch.SketchBytes;
import org.jspecify.annotations.Nullable;

/// Exact statistics of the last numbers added.
public final class WindowedStatistics implements Statistics {
  /// The largest window, 8 MiB.
  public static final int LARGEST = 1 << 20;

  private final int window;
  private double[] values = new double[0];
  private int count;
  private int next;

  /// @param window how many of the last numbers count, 1 to [#LARGEST]
  public WindowedStatistics(int window) {
    this.window = window;
  }

  @Override
  public void add(double value) {
    if (count == values.length && count < window) {
      values = Arrays.copyOf(values, (int) Math.min(window, Math.max(16, 2L * count)));
    }
    values[next] = value;
    next = (next + 1) % window;
    count = Math.min(count + 1, window);
  }

  /// From the oldest to the newest.
  private double[] inOrder() {
    double[] ordered = new double[count];
    int oldest = count < window ? 0 : next;
    for (int i = 0; i < count; i++) {
      ordered[i] = values[(oldest + i) % window];
    }
    return ordered;
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public double sum() {
    double sum = 0;
    for (double value : inOrder()) {
      sum += value;
    }
    return sum;
  }

  @Override
  public double sumSquares() {
    double sum = 0;
    for (double value : inOrder()) {
      sum += value * value;
    }
    return sum;
  }

  @Override
  public double sumLogs() {
    throw FunctionFailure.because(
        "the sum of logarithms is not kept for a window: give STATS_INIT no size");
  }

  /// In two passes: the second takes off what rounding left in the first.
  @Override
  public double mean() {
    double[] ordered = inOrder();
    double first = sum() / count;
    double correction = 0;
    for (double value : ordered) {
      correction += value - first;
    }
    return first + correction / count;
  }

  @Override
  public double geometricMean() {
    double logs = 0;
    for (double value : inOrder()) {
      logs += Math.log(value);
    }
    return Math.exp(logs / count);
  }

  @Override
  public double quadraticMean() {
    return Math.sqrt(sumSquares() / count);
  }

  @Override
  public double max() {
    double max = Double.NaN;
    for (double value : inOrder()) {
      max = Double.isNaN(max) || value > max ? value : max;
    }
    return max;
  }

  @Override
  public double min() {
    double min = Double.NaN;
    for (double value : inOrder()) {
      min = Double.isNaN(min) || value < min ? value : min;
    }
    return min;
  }

  /// Sum of the powers of the distances from the mean.
  private double moment(int power) {
    double mean = mean();
    double moment = 0;
    for (double value : inOrder()) {
      moment += Math.pow(value - mean, power);
    }
    return moment;
  }

  private double squares() {
    double mean = mean();
    double squares = 0;
    double distances = 0;
    for (double value : inOrder()) {
      double distance = value - mean;
      squares += distance * distance;
      distances += distance;
    }
    return squares - distances * distances / count;
  }

  @Override
  public double variance() {
    return count == 0 ? Double.NaN : count == 1 ? 0 : squares() / (count - 1.0);
  }

  @Override
  public double populationVariance() {
    return count == 0 ? Double.NaN : count == 1 ? 0 : squares() / count;
  }

  @Override
  public double skewness() {
    if (count < 3) {
      return Double.NaN;
    }
    double n = count;
    return n / ((n - 1) * (n - 2)) * moment(3) / Math.pow(standardDeviation(), 3);
  }

  @Override
  public double kurtosis() {
    if (count < 4) {
      return Double.NaN;
    }
    double n = count;
    double factor = n * (n + 1) / ((n - 1) * (n - 2) * (n - 3));
    double normal = 3 * (n - 1) * (n - 1) / ((n - 2) * (n - 3));
    return factor * moment(4) / Math.pow(standardDeviation(), 4) - normal;
  }

  /// The value at `percent * (count + 1) / 100`, counted from 1, on the line between two values
  /// where that is no whole number (type 6 of Hyndman and Fan).
  @Override
  public double percentile(double percent) {
    if (!(percent > 0 && percent <= 100)) {
      throw FunctionFailure.because(
          "the percentile is %s, expected more than 0 and up to 100".formatted(percent));
    }
    if (count == 0) {
      return Double.NaN;
    }
    double[] sorted = inOrder();
    Arrays.sort(sorted);
    double position = percent * (count + 1) / 100;
    if (position < 1) {
      return sorted[0];
    }
    if (position >= count) {
      return sorted[count - 1];
    }
    int below = (int) Math.floor(position);
    double lower = sorted[below - 1];
    return lower + (position - below) * (sorted[below] - lower);
  }

  @Override
  public Sketch.Kind kind() {
    return Sketch.Kind.WINDOWED_STATISTICS;
  }

  /// `window[4] count[4] value[8]...`, the oldest first.
  @Override
  public void write(DataOutput out) throws IOException {
    out.writeInt(window);
    out.writeInt(count);
    for (double value : inOrder()) {
      out.writeDouble(value);
    }
  }

  /// Reads what [#write] wrote.
  public static WindowedStatistics read(DataInputStream in) throws IOException {
    int window = in.readInt();
    int count = in.readInt();
    if (window < 1 || window > LARGEST || count < 0 || count > window) {
      throw new IOException("a window of %d with %d values".formatted(window, count));
    }
    if (8L * count > in.available()) {
      throw new IOException("%d values, and %d bytes for them".formatted(count, in.available()));
    }
    WindowedStatistics statistics = new WindowedStatistics(window);
    for (int i = 0; i < count; i++) {
      statistics.add(in.readDouble());
    }
    return statistics;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other != null && SketchBytes.equal(this, other);
  }

  @Override
  public int hashCode() {
    return Integer.hashCode(count) * 31 + Double.hashCode(sum());
  }

  @Override
  public String toString() {
    return "statistics of the last %d values, up to %d".formatted(count, window);
  }
}
