package metron.stellar.functions.sketch.sample;

import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.FunctionFailure;
import metron.stellar.functions.Values;
import metron.stellar.functions.sketch.Sketch;
import metron.stellar.functions.sketch.SketchBytes;
import metron.stellar.functions.sketch.ValueBytes;
import org.jspecify.annotations.Nullable;

/// A sample of values: all of them up to its size, then each with the same chance (algorithm R, J.
/// Vitter: Random sampling with a reservoir, 1985). Chance is the generator of `java.util.Random`
/// from seed 0, so that the same values give the same sample anywhere; its state is kept in the
/// bytes.
public final class Reservoir implements Sketch {
  static final int DEFAULT_SIZE = 1024;
  static final int LARGEST = 1 << 20;

  private static final long MULTIPLIER = 0x5DEECE66DL;
  private static final long MASK = (1L << 48) - 1;

  private final int size;
  private final List<@Nullable Object> values = new ArrayList<>();
  private int seen;
  private long random = MULTIPLIER & MASK;

  /// @param size 1 to [#LARGEST]
  Reservoir(int size) {
    this.size = size;
  }

  /// An argument that is a sample.
  static Reservoir argument(int argument, @Nullable Object value) {
    if (value instanceof Reservoir reservoir) {
      return reservoir;
    }
    throw FunctionFailure.type(argument, value, "a sample of SAMPLE_INIT");
  }

  int size() {
    return size;
  }

  List<@Nullable Object> values() {
    return values;
  }

  /// Adds a value; null is passed over.
  void add(Evaluation evaluation, int argument, @Nullable Object value) {
    evaluation.step();
    if (value == null) {
      return;
    }
    if (value instanceof Sketch) {
      throw FunctionFailure.type(argument, value, "values to sample");
    }
    Values.weigh(evaluation, argument, value);
    if (values.size() < size) {
      evaluation.allocate(24);
      values.add(value);
    } else {
      int at = below(seen + 1);
      if (at < size) {
        values.set(at, value);
      }
    }
    seen = seen == Integer.MAX_VALUE - 1 ? seen : seen + 1;
  }

  private int bits31() {
    random = (random * MULTIPLIER + 0xBL) & MASK;
    return (int) (random >>> 17);
  }

  /// As `java.util.Random.nextInt(bound)` specifies it.
  private int below(int bound) {
    int r = bits31();
    int m = bound - 1;
    if ((bound & m) == 0) {
      return (int) ((bound * (long) r) >> 31);
    }
    for (int u = r; u - (r = u % bound) + m < 0; u = bits31()) {
      // Another number: this one lies in the incomplete last round.
    }
    return r;
  }

  @Override
  public Sketch.Kind kind() {
    return Sketch.Kind.SAMPLE;
  }

  /// `size[4] seen[4] random[8] count[4] value...`
  @Override
  public void write(DataOutput out) throws IOException {
    out.writeInt(size);
    out.writeInt(seen);
    out.writeLong(random);
    out.writeInt(values.size());
    for (Object value : values) {
      ValueBytes.write(out, value);
    }
  }

  /// Reads what [#write] wrote.
  public static Reservoir read(DataInputStream in) throws IOException {
    int size = in.readInt();
    int seen = in.readInt();
    long random = in.readLong();
    int count = in.readInt();
    if (size < 1 || size > LARGEST || count > size || seen < count || random >>> 48 != 0) {
      throw new IOException("a sample of %d with %d of %d values".formatted(size, count, seen));
    }
    Reservoir reservoir = new Reservoir(size);
    reservoir.values.addAll(ValueBytes.readAll(in, count));
    reservoir.seen = seen;
    reservoir.random = random;
    return reservoir;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other != null && SketchBytes.equal(this, other);
  }

  @Override
  public int hashCode() {
    return Integer.hashCode(seen) * 31 + Integer.hashCode(size);
  }

  @Override
  public String toString() {
    return "sample of %d of %d values".formatted(values.size(), seen);
  }
}
