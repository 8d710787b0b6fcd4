package metron.stellar.functions.sketch.stats;

import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import metron.stellar.function.FunctionFailure;
import metron.stellar.functions.sketch.Sketch;
import metron.stellar.functions.sketch.SketchBytes;
import org.jspecify.annotations.Nullable;

/// Statistics of all numbers added, none of which is kept: sums, the first four central moments in
/// one pass, and quantiles.
///
/// P. Pebay: Formulas for robust, one-pass parallel computation of covariances and arbitrary-order
/// statistical moments. Sandia report SAND2008-6212, 2008.
public final class OnlineStatistics implements Statistics {
  private long count;
  private double sum;
  private double sumSquares;
  private double sumLogs;
  private double min = Double.NaN;
  private double max = Double.NaN;
  // The mean, and sums of the second to fourth powers of the distances from it.
  private double mean;
  private double m2;
  private double m3;
  private double m4;
  private final Quantiles quantiles;

  public OnlineStatistics() {
    this(new Quantiles());
  }

  private OnlineStatistics(Quantiles quantiles) {
    this.quantiles = quantiles;
  }

  @Override
  public void add(double value) {
    if (Double.isNaN(value)) {
      throw FunctionFailure.because("a value is NaN, expected a number");
    }
    long before = count;
    double squares = sumSquares + value * value;
    if (Double.isInfinite(squares)) {
      throw FunctionFailure.because(
          "the sum of squares leaves the range of a double with " + value);
    }
    if (squares == 0 && sum + value > 0) {
      throw FunctionFailure.because("the square of " + value + " is too small for a double");
    }
    count++;
    double n = count;
    double delta = value - mean;
    double share = delta / n;
    double share2 = share * share;
    double term = delta * share * before;
    double next4 = m4 + term * share2 * (n * n - 3 * n + 3) + 6 * share2 * m2 - 4 * share * m3;
    double next3 = m3 + term * share * (n - 2) - 3 * share * m2;
    if (!Double.isFinite(next3) || !Double.isFinite(next4)) {
      count = before;
      throw FunctionFailure.because("a moment leaves the range of a double with " + value);
    }
    mean += share;
    m4 = next4;
    m3 = next3;
    m2 += term;
    sum += value;
    sumSquares = squares;
    sumLogs += Math.log(value);
    min = before == 0 ? value : Math.min(min, value);
    max = before == 0 ? value : Math.max(max, value);
    quantiles.add(value);
  }

  /// New statistics of the numbers of both.
  public OnlineStatistics merge(OnlineStatistics other) {
    OnlineStatistics merged = new OnlineStatistics();
    merged.quantiles.addAll(quantiles);
    merged.quantiles.addAll(other.quantiles);
    merged.count = count + other.count;
    merged.sum = sum + other.sum;
    merged.sumSquares = sumSquares + other.sumSquares;
    merged.sumLogs = sumLogs + other.sumLogs;
    merged.min = count == 0 ? other.min : other.count == 0 ? min : Math.min(min, other.min);
    merged.max = count == 0 ? other.max : other.count == 0 ? max : Math.max(max, other.max);
    double a = count;
    double b = other.count;
    double n = merged.count;
    if (n == 0) {
      return merged;
    }
    double delta = other.mean - mean;
    double delta2 = delta * delta;
    merged.mean = (a * mean + b * other.mean) / n;
    merged.m2 = m2 + other.m2 + delta2 * a * b / n;
    merged.m3 =
        m3
            + other.m3
            + delta2 * delta * a * b * (a - b) / (n * n)
            + 3 * delta * (a * other.m2 - b * m2) / n;
    merged.m4 =
        m4
            + other.m4
            + delta2 * delta2 * a * b * (a * a - a * b + b * b) / (n * n * n)
            + 6 * delta2 * (a * a * other.m2 + b * b * m2) / (n * n)
            + 4 * delta * (a * other.m3 - b * m3) / n;
    if (Double.isInfinite(merged.sumSquares) || !Double.isFinite(merged.m4)) {
      throw FunctionFailure.because("a sum leaves the range of a double when these are merged");
    }
    return merged;
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public double mean() {
    return sum / count;
  }

  @Override
  public double geometricMean() {
    throw FunctionFailure.because(
        "the geometric mean needs the values: give STATS_INIT the size of a window");
  }

  @Override
  public double sum() {
    return sum;
  }

  @Override
  public double max() {
    return max;
  }

  @Override
  public double min() {
    return min;
  }

  @Override
  public double populationVariance() {
    throw FunctionFailure.because(
        "the population variance needs the values: give STATS_INIT the size of a window");
  }

  @Override
  public double variance() {
    return m2 / (count - 1.0);
  }

  @Override
  public double quadraticMean() {
    return Math.sqrt(sumSquares / count);
  }

  @Override
  public double sumLogs() {
    return sumLogs;
  }

  @Override
  public double sumSquares() {
    return sumSquares;
  }

  @Override
  public double skewness() {
    if (count < 3) {
      return Double.NaN;
    }
    double n = count;
    return n / ((n - 1) * (n - 2)) * m3 / Math.pow(standardDeviation(), 3);
  }

  @Override
  public double kurtosis() {
    if (count < 4) {
      return Double.NaN;
    }
    double n = count;
    double factor = n * (n + 1) / ((n - 1) * (n - 2) * (n - 3));
    double normal = 3 * (n - 1) * (n - 1) / ((n - 2) * (n - 3));
    return factor * (m4 / Math.pow(standardDeviation(), 4)) - normal;
  }

  @Override
  public double percentile(double percent) {
    if (!(percent >= 0 && percent <= 100)) {
      throw FunctionFailure.because("the percentile is %s, expected 0 to 100".formatted(percent));
    }
    return quantiles.quantile(percent / 100);
  }

  @Override
  public Sketch.Kind kind() {
    return Sketch.Kind.ONLINE_STATISTICS;
  }

  /// `count[8] sum[8] sumSquares[8] sumLogs[8] min[8] max[8] mean[8] m2[8] m3[8] m4[8] quantiles`.
  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(count);
    for (double number : new double[] {sum, sumSquares, sumLogs, min, max, mean, m2, m3, m4}) {
      out.writeDouble(number);
    }
    quantiles.write(out);
  }

  /// Reads what [#write] wrote.
  public static OnlineStatistics read(DataInputStream in) throws IOException {
    long count = in.readLong();
    double[] numbers = new double[9];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = in.readDouble();
    }
    OnlineStatistics statistics = new OnlineStatistics(Quantiles.read(in));
    if (count < 0) {
      throw new IOException("statistics of %d values".formatted(count));
    }
    statistics.count = count;
    statistics.sum = numbers[0];
    statistics.sumSquares = numbers[1];
    statistics.sumLogs = numbers[2];
    statistics.min = numbers[3];
    statistics.max = numbers[4];
    statistics.mean = numbers[5];
    statistics.m2 = numbers[6];
    statistics.m3 = numbers[7];
    statistics.m4 = numbers[8];
    return statistics;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other != null && SketchBytes.equal(this, other);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(count) * 31 + Double.hashCode(sum);
  }

  @Override
  public String toString() {
    return "statistics of %d values".formatted(count);
  }
}
