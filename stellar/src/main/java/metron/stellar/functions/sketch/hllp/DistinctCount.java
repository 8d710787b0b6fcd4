package metron.stellar.functions.sketch.hllp;

import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.FunctionFailure;
import metron.stellar.functions.Values;
import metron.stellar.functions.sketch.Sketch;
import metron.stellar.functions.sketch.SketchBytes;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.HllUnion;
import org.apache.datasketches.hll.TgtHllType;
import org.jspecify.annotations.Nullable;

/// A HyperLogLog of the texts of values: 1 and '1' are one value, as in Metron.
///
/// P. Flajolet, E. Fusy, O. Gandouet, F. Meunier: HyperLogLog, the analysis of a near-optimal
/// cardinality estimation algorithm, 2007.
public final class DistinctCount implements Sketch {
  static final int FINEST = 21;
  static final int COARSEST = 4;

  // Neither is UTF-8, so neither is the bytes of a text.
  private static final byte[] NULL = {(byte) 0xfe};
  private static final byte[] EMPTY = {(byte) 0xff};

  private final HllSketch sketch;

  private DistinctCount(HllSketch sketch) {
    this.sketch = sketch;
  }

  /// @param precision the logarithm to base 2 of the number of registers, 4 to 21
  static DistinctCount of(Evaluation evaluation, int precision) {
    evaluation.allocate(100 + (1L << precision));
    return new DistinctCount(new HllSketch(precision, TgtHllType.HLL_8));
  }

  /// An argument that is a count.
  static DistinctCount argument(int argument, @Nullable Object value) {
    if (value instanceof DistinctCount count) {
      return count;
    }
    throw FunctionFailure.type(argument, value, "a counter of HLLP_INIT");
  }

  void add(Evaluation evaluation, int argument, @Nullable Object value) {
    evaluation.step();
    if (value == null) {
      sketch.update(NULL);
      return;
    }
    byte[] text = Values.text(evaluation, argument, value).getBytes(StandardCharsets.UTF_8);
    sketch.update(text.length == 0 ? EMPTY : text);
  }

  long estimate() {
    return Math.round(sketch.getEstimate());
  }

  /// A new count of the values of this one and others, as fine as this one.
  DistinctCount merge(Evaluation evaluation, List<DistinctCount> others) {
    int precision = sketch.getLgConfigK();
    evaluation.allocate(2 * (100 + (1L << precision)));
    HllUnion union = new HllUnion(precision);
    union.update(sketch);
    for (DistinctCount other : others) {
      evaluation.steps(1 + (1L << other.sketch.getLgConfigK()) / 64);
      union.update(other.sketch);
    }
    return new DistinctCount(union.getResult(TgtHllType.HLL_8));
  }

  @Override
  public Sketch.Kind kind() {
    return Sketch.Kind.DISTINCT_COUNT;
  }

  /// `length[4]`, then the sketch in the updatable form of DataSketches. The compact form is
  /// smaller by half for small counts, but a sketch read from it goes on in another order than the
  /// one written.
  @Override
  public void write(DataOutput out) throws IOException {
    byte[] bytes = sketch.toUpdatableByteArray();
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /// Reads what [#write] wrote.
  public static DistinctCount read(DataInputStream in) throws IOException {
    byte[] bytes = SketchBytes.readBlock(in, 8 << 20);
    checkSize(bytes);
    try {
      HllSketch sketch = HllSketch.heapify(MemorySegment.ofArray(bytes));
      if (Double.isNaN(sketch.getEstimate())) {
        throw new IOException("a HyperLogLog that estimates nothing");
      }
      return new DistinctCount(sketch);
    } catch (RuntimeException e) {
      throw new IOException("no HyperLogLog: " + e.getMessage(), e);
    }
  }

  /// The library takes memory for what the header says before it looks whether that is there.
  ///
  /// DataSketches, HLL PreambleUtil: at 3, the logarithm of the registers; at 4, the logarithm of
  /// the slots of a list or set of coupons; at 5, flags, 8 of them for the compact form; at 7, the
  /// state (0 list, 1 set, 2 registers), and in bits 2 and 3 the type of registers (2: HLL_8).
  private static void checkSize(byte[] bytes) throws IOException {
    if (bytes.length < 8) {
      throw new IOException("a HyperLogLog of %d bytes".formatted(bytes.length));
    }
    int precision = bytes[3];
    int slots = bytes[4];
    if (precision < COARSEST || precision > FINEST || slots < 0 || slots > FINEST) {
      throw new IOException(
          "a HyperLogLog of 2^%d registers and 2^%d slots, expected 2^%d to 2^%d registers"
              .formatted(precision, slots, COARSEST, FINEST));
    }
    long expected =
        switch (bytes[7]) {
          case 0b1000 -> 8 + (4L << slots);
          case 0b1001 -> 12 + (4L << slots);
          case 0b1010 -> 40 + (1L << precision);
          default -> throw new IOException("a HyperLogLog in state %d".formatted(bytes[7]));
        };
    if (bytes.length != expected || (bytes[5] & 8) != 0) {
      throw new IOException(
          "a HyperLogLog of %d bytes, expected %d".formatted(bytes.length, expected));
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other != null && SketchBytes.equal(this, other);
  }

  @Override
  public int hashCode() {
    return Double.hashCode(sketch.getEstimate());
  }

  @Override
  public String toString() {
    return "about %d different values".formatted(estimate());
  }
}
