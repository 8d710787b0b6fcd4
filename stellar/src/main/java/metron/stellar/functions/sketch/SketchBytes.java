package metron.stellar.functions.sketch;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import metron.stellar.functions.sketch.bloom.BloomState;
import metron.stellar.functions.sketch.hllp.DistinctCount;
import metron.stellar.functions.sketch.outlier.Deviation;
import metron.stellar.functions.sketch.sample.Reservoir;
import metron.stellar.functions.sketch.stats.OnlineStatistics;
import metron.stellar.functions.sketch.stats.WindowedStatistics;

/// Sketches as bytes, for stores. Big-endian: `version[1] = 1, kind[1]`, then what the kind writes.
public final class SketchBytes {
  private static final int VERSION = 1;

  private SketchBytes() {}

  /// The bytes of a sketch; the same for the same sketch, today and with a later release.
  public static byte[] write(Sketch sketch) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeByte(sketch.kind().code());
      sketch.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /// The sketch of some bytes.
  ///
  /// @throws IOException when they are the bytes of no sketch, saying where they stop making sense
  public static Sketch read(byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readUnsignedByte();
      if (version != VERSION) {
        throw new IOException(
            "a sketch of version %d, expected version %d".formatted(version, VERSION));
      }
      int code = in.readUnsignedByte();
      Sketch sketch = null;
      for (Sketch.Kind kind : Sketch.Kind.values()) {
        if (kind.code() == code) {
          sketch =
              switch (kind) {
                case ONLINE_STATISTICS -> OnlineStatistics.read(in);
                case WINDOWED_STATISTICS -> WindowedStatistics.read(in);
                case DISTINCT_COUNT -> DistinctCount.read(in);
                case BLOOM_FILTER -> BloomState.read(in);
                case DEVIATION -> Deviation.read(in);
                case SAMPLE -> Reservoir.read(in);
              };
        }
      }
      if (sketch == null) {
        throw new IOException("a sketch of kind %d, which is unknown".formatted(code));
      }
      if (in.available() > 0) {
        throw new IOException("a sketch with %d bytes behind it".formatted(in.available()));
      }
      return sketch;
    }
  }

  /// A block of bytes within a sketch: its length, then itself.
  public static byte[] readBlock(DataInputStream in, int most) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > most || length > in.available()) {
      throw new IOException(
          "a block of %d bytes, expected up to %d and there are %d"
              .formatted(length, most, in.available()));
    }
    return in.readNBytes(length);
  }

  /// Whether two sketches have equal bytes.
  public static boolean equal(Sketch a, Object b) {
    return a == b
        || (b instanceof Sketch other
            && a.kind() == other.kind()
            && Arrays.equals(write(a), write(other)));
  }
}
