package metron.stellar.functions.sketch.stats;

import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import metron.stellar.functions.sketch.SketchBytes;
import org.apache.datasketches.tdigest.TDigestDouble;
import org.jspecify.annotations.Nullable;

/// Quantiles of any number of values: exact up to 300 of them, by a t-digest from there on. Small
/// counts are the rule in profiles (an entity's events of 15 minutes), and there an approximation
/// would be noise for nothing.
///
/// A quantile between two values is on the straight line between them (type 7 of R. Hyndman, Y.
/// Fan: Sample quantiles in statistical packages, The American Statistician 50, 1996).
///
/// T. Dunning, O. Ertl: Computing extremely accurate quantiles using t-digests, arXiv 1902.04023.
public final class Quantiles {
  private static final int EXACT = 300;
  // Of 1,000 to 1,000,000 normal values, the worst percentile was off by 1.4 percent of the ranks
  // at
  // 300 (7 KB), by 0.75 at 500 (11 KB) and by 0.33 at 1,000 (21 KB).
  private static final short COMPRESSION = 1_000;

  private double[] sorted = new double[8];
  private int count;
  private @Nullable TDigestDouble digest;

  /// Adds a number.
  ///
  /// @param value not NaN
  public void add(double value) {
    if (digest != null) {
      digest.update(value);
      return;
    }
    if (count == EXACT) {
      digest = digestOf(this);
      sorted = new double[0];
      count = 0;
      digest.update(value);
      return;
    }
    int at = Arrays.binarySearch(sorted, 0, count, value);
    at = at < 0 ? -at - 1 : at;
    if (count == sorted.length) {
      sorted = Arrays.copyOf(sorted, Math.min(EXACT, 2 * count));
    }
    System.arraycopy(sorted, at, sorted, at + 1, count - at);
    sorted[at] = value;
    count++;
  }

  private static TDigestDouble digestOf(Quantiles exact) {
    TDigestDouble digest = new TDigestDouble(COMPRESSION);
    for (int i = 0; i < exact.count; i++) {
      digest.update(exact.sorted[i]);
    }
    return digest;
  }

  /// Adds all values of another.
  public void addAll(Quantiles other) {
    if (other.digest == null) {
      for (int i = 0; i < other.count; i++) {
        add(other.sorted[i]);
      }
      return;
    }
    if (digest == null) {
      digest = digestOf(this);
      sorted = new double[0];
      count = 0;
    }
    digest.merge(other.digest);
  }

  /// @param rank 0 to 1
  /// @return NaN when there is no value
  public double quantile(double rank) {
    if (digest != null) {
      return digest.getQuantile(rank);
    }
    if (count == 0) {
      return Double.NaN;
    }
    double index = rank * (count - 1);
    int below = (int) Math.floor(index);
    int above = Math.min(below + 1, count - 1);
    double share = index - below;
    // Without the products an infinity next to a finite number would make NaN of both.
    return share == 0 ? sorted[below] : sorted[below] + share * (sorted[above] - sorted[below]);
  }

  /// `exact[1]`, then `count[4] value[8]...` or the t-digest in the form of DataSketches with its
  /// length before it.
  public void write(DataOutput out) throws IOException {
    TDigestDouble d = digest;
    out.writeBoolean(d == null);
    if (d == null) {
      out.writeInt(count);
      for (int i = 0; i < count; i++) {
        out.writeDouble(sorted[i]);
      }
    } else {
      byte[] bytes = d.toByteArray();
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }

  /// Reads what [#write] wrote.
  public static Quantiles read(DataInputStream in) throws IOException {
    Quantiles quantiles = new Quantiles();
    if (in.readBoolean()) {
      int count = in.readInt();
      if (count < 0 || count > EXACT) {
        throw new IOException("%d exact values, expected up to %d".formatted(count, EXACT));
      }
      for (int i = 0; i < count; i++) {
        double value = in.readDouble();
        if (Double.isNaN(value)) {
          throw new IOException("NaN among the values");
        }
        quantiles.add(value);
      }
      return quantiles;
    }
    byte[] bytes = SketchBytes.readBlock(in, 1 << 20);
    check(bytes);
    try {
      TDigestDouble digest = TDigestDouble.heapify(MemorySegment.ofArray(bytes));
      if (digest.isEmpty() || Double.isNaN(digest.getQuantile(0.5))) {
        throw new IOException("an empty t-digest");
      }
      quantiles.digest = digest;
      return quantiles;
    } catch (RuntimeException e) {
      throw new IOException("no t-digest: " + e.getMessage(), e);
    }
  }

  // The library takes memory for what the header says before it looks whether that is there.
  // DataSketches, TDigestDouble.toByteArray: preamble[1] version[1] family[1] k[2] flags[1]
  // unused[2], native little-endian; then centroids[4] buffered[4] for more than one value.
  private static void check(byte[] bytes) throws IOException {
    if (bytes.length < 16) {
      throw new IOException("a t-digest of %d bytes".formatted(bytes.length));
    }
    int k = (bytes[3] & 0xff) | (bytes[4] & 0xff) << 8;
    if (k != COMPRESSION) {
      throw new IOException("a t-digest of compression %d, expected %d".formatted(k, COMPRESSION));
    }
    if (bytes[0] == 2) {
      long centroids = little(bytes, 8);
      long buffered = little(bytes, 12);
      if (centroids * 16 + buffered * 8 > bytes.length || centroids < 0 || buffered < 0) {
        throw new IOException(
            "a t-digest of %d and %d values in %d bytes"
                .formatted(centroids, buffered, bytes.length));
      }
    }
  }

  private static long little(byte[] bytes, int at) {
    return (bytes[at] & 0xff)
        | (bytes[at + 1] & 0xff) << 8
        | (bytes[at + 2] & 0xff) << 16
        | bytes[at + 3] << 24;
  }
}
