package metron.stellar.functions.sketch.outlier;

import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import metron.stellar.function.FunctionFailure;
import metron.stellar.functions.sketch.Sketch;
import metron.stellar.functions.sketch.SketchBytes;
import metron.stellar.functions.sketch.stats.Quantiles;
import org.jspecify.annotations.Nullable;

/// The median of values, and the median of their absolute distances from it, in one pass: each
/// value is measured against the median of those before it. Two pairs of both are kept, of the
/// values of this period and of all periods that were merged in.
///
/// B. Iglewicz, D. Hoaglin: How to detect and handle outliers, 1993.
public final class Deviation implements Sketch {
  private final Quantiles periodValues;
  private final Quantiles periodDistances;
  private final Quantiles allValues;
  private final Quantiles allDistances;

  private Deviation(
      Quantiles periodValues,
      Quantiles periodDistances,
      Quantiles allValues,
      Quantiles allDistances) {
    this.periodValues = periodValues;
    this.periodDistances = periodDistances;
    this.allValues = allValues;
    this.allDistances = allDistances;
  }

  /// A new period after some others; what the current one has seen counts among them.
  static Deviation after(List<Deviation> periods, @Nullable Deviation current) {
    Deviation next =
        new Deviation(new Quantiles(), new Quantiles(), new Quantiles(), new Quantiles());
    if (current != null) {
      next.allValues.addAll(current.periodValues);
      next.allDistances.addAll(current.periodDistances);
    }
    for (Deviation period : periods) {
      next.allValues.addAll(period.periodValues);
      next.allDistances.addAll(period.periodDistances);
    }
    return next;
  }

  /// An argument that is a state, or null for null.
  static @Nullable Deviation argument(int argument, @Nullable Object value) {
    if (value == null || value instanceof Deviation) {
      return (Deviation) value;
    }
    throw FunctionFailure.type(argument, value, "a state of OUTLIER_MAD_STATE_MERGE");
  }

  void add(double value) {
    if (Double.isNaN(value)) {
      return;
    }
    double distance = Math.abs(value - allValues.quantile(0.5));
    periodValues.add(value);
    allValues.add(value);
    if (!Double.isNaN(distance)) {
      periodDistances.add(distance);
      allDistances.add(distance);
    }
  }

  /// `scale * |value - median| / median distance`.
  double score(double value, double scale) {
    double distance = Math.abs(value - allValues.quantile(0.5));
    return scale * distance / allDistances.quantile(0.5);
  }

  @Override
  public Sketch.Kind kind() {
    return Sketch.Kind.DEVIATION;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    periodValues.write(out);
    periodDistances.write(out);
    allValues.write(out);
    allDistances.write(out);
  }

  /// Reads what [#write] wrote.
  public static Deviation read(DataInputStream in) throws IOException {
    return new Deviation(
        Quantiles.read(in), Quantiles.read(in), Quantiles.read(in), Quantiles.read(in));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other != null && SketchBytes.equal(this, other);
  }

  @Override
  public int hashCode() {
    return Double.hashCode(allValues.quantile(0.5));
  }

  @Override
  public String toString() {
    return "median %s, median distance %s"
        .formatted(allValues.quantile(0.5), allDistances.quantile(0.5));
  }
}
