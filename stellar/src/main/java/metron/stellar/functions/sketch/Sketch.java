package metron.stellar.functions.sketch;

import java.io.DataOutput;
import java.io.IOException;

/// A summary that functions fill and ask. Changes in place, so that a profile can keep one for a
/// million events; not safe for use by many threads.
///
/// Equal sketches have equal bytes ([SketchBytes]), and those are what `equals` compares.
public interface Sketch {
  /// What kind it is: the first byte of its bytes.
  Kind kind();

  /// Writes all but the kind.
  void write(DataOutput out) throws IOException;

  /// Kinds by the byte that stands for them; a byte is never used again for another kind.
  enum Kind {
    ONLINE_STATISTICS(1),
    WINDOWED_STATISTICS(2),
    DISTINCT_COUNT(3),
    BLOOM_FILTER(4),
    DEVIATION(5),
    SAMPLE(6);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    public int code() {
      return code;
    }
  }
}
