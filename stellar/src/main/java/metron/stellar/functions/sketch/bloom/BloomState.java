package metron.stellar.functions.sketch.bloom;

import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import metron.stellar.function.Evaluation;
import metron.stellar.function.FunctionFailure;
import metron.stellar.functions.Values;
import metron.stellar.functions.sketch.Sketch;
import metron.stellar.functions.sketch.SketchBytes;
import metron.stellar.functions.sketch.ValueBytes;
import org.apache.datasketches.filters.bloomfilter.BloomFilter;
import org.apache.datasketches.filters.bloomfilter.BloomFilterBuilder;
import org.jspecify.annotations.Nullable;

/// A Bloom filter of values. Values of different types are different: 1, 1L and '1' are three.
public final class BloomState implements Sketch {
  // One seed for all, so that any two of a size merge.
  private static final long SEED = 0x6d6574726f6eL;
  private static final int LARGEST = 1 << 30;

  private final BloomFilter filter;

  private BloomState(BloomFilter filter) {
    this.filter = filter;
  }

  /// @param expected how many values it is made for
  /// @param falsePositives how often it may say yes of what was not added, when that many are in it
  static BloomState of(Evaluation evaluation, int expected, double falsePositives) {
    long bits = BloomFilterBuilder.suggestNumFilterBits(expected, falsePositives);
    evaluation.allocate(bits / 8 + 100);
    return new BloomState(BloomFilterBuilder.createByAccuracy(expected, falsePositives, SEED));
  }

  /// An argument that is a filter.
  static BloomState argument(int argument, @Nullable Object value) {
    if (value instanceof BloomState state) {
      return state;
    }
    throw FunctionFailure.type(argument, value, "a filter of BLOOM_INIT");
  }

  void add(Evaluation evaluation, int argument, Object value) {
    evaluation.step();
    Values.weigh(evaluation, argument, value);
    filter.update(ValueBytes.of(value));
  }

  boolean mayHave(Evaluation evaluation, int argument, Object value) {
    Values.weigh(evaluation, argument, value);
    return filter.query(ValueBytes.of(value));
  }

  boolean merges(BloomState other) {
    return filter.isCompatible(other.filter);
  }

  long bits() {
    return filter.getCapacity();
  }

  void addAll(BloomState other) {
    filter.union(other.filter);
  }

  @Override
  public Sketch.Kind kind() {
    return Sketch.Kind.BLOOM_FILTER;
  }

  /// `length[4]`, then the filter in the form of DataSketches.
  @Override
  public void write(DataOutput out) throws IOException {
    byte[] bytes = filter.toByteArray();
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /// Reads what [#write] wrote.
  public static BloomState read(DataInputStream in) throws IOException {
    byte[] bytes = SketchBytes.readBlock(in, LARGEST);
    // The library takes memory for what the header says before it looks whether that is there:
    // DataSketches, BloomFilter.toByteArray: at 16, longs of the bit array, little-endian.
    if (bytes.length < 24) {
      throw new IOException("a Bloom filter of %d bytes".formatted(bytes.length));
    }
    long longs =
        (bytes[16] & 0xffL)
            | (bytes[17] & 0xffL) << 8
            | (bytes[18] & 0xffL) << 16
            | (bytes[19] & 0xffL) << 24;
    boolean empty = bytes[0] == 3;
    if (longs > (empty ? 1 << 23 : bytes.length / 8)) {
      throw new IOException(
          "a Bloom filter of %d longs in %d bytes".formatted(longs, bytes.length));
    }
    try {
      BloomFilter filter = BloomFilter.heapify(MemorySegment.ofArray(bytes));
      if (filter.getSeed() != SEED || filter.getNumHashes() < 1) {
        throw new IOException("a Bloom filter made by something else");
      }
      return new BloomState(filter);
    } catch (RuntimeException e) {
      throw new IOException("no Bloom filter: " + e.getMessage(), e);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other != null && SketchBytes.equal(this, other);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(filter.getBitsUsed());
  }

  @Override
  public String toString() {
    return "bloom filter of %d bits".formatted(filter.getCapacity());
  }
}
