package metron.stellar.functions.hash;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import metron.stellar.function.Evaluation;
import metron.stellar.function.FunctionFailure;
import metron.stellar.functions.Conversion;
import org.jspecify.annotations.Nullable;

/// How HASH is to make a TLSH.
///
/// @param hashes sizes of bins, in bits; for none the hash alone is the answer
record TlshSettings(int buckets, int checksumBytes, boolean force, List<Integer> hashes) {
  // A bin of more bits than a hash has is no bin.
  private static final int WIDEST = 1024;

  static TlshSettings of(Evaluation evaluation, Map<?, ?> settings) {
    Integer buckets = Conversion.toInteger(settings.get("bucketSize"));
    Integer checksumBytes = Conversion.toInteger(settings.get("checksumBytes"));
    Boolean force = Conversion.toBoolean(settings.get("force"));
    List<Integer> hashes = new ArrayList<>();
    Object sizes = settings.get("hashes");
    if (sizes instanceof Collection<?> list) {
      for (Object size : list) {
        evaluation.step();
        hashes.add(bits(size));
      }
    } else if (sizes != null) {
      hashes.add(bits(sizes));
    }
    return new TlshSettings(
        buckets != null && buckets == 256 ? 256 : 128,
        checksumBytes != null && checksumBytes == 3 ? 3 : 1,
        force == null || force,
        hashes);
  }

  private static int bits(@Nullable Object size) {
    Integer bits = Conversion.toInteger(size);
    if (bits == null || bits < 0 || bits > WIDEST) {
      throw FunctionFailure.argument(
          3, "has hashes of %s bits, expected 0 to %d".formatted(bits, WIDEST));
    }
    return bits;
  }

  @Nullable Object hash(byte[] data) {
    Tlsh hash = Tlsh.of(data, buckets, checksumBytes, force);
    if (hash == null) {
      return null;
    }
    return hashes.isEmpty() ? hash.text() : bins(hash.text());
  }

  /// Bits of the hash, chosen by chance but always the same ones: texts that are alike often have
  /// the same bin, which can be looked up. The choice is that of Metron, so that stored bins stay
  /// good.
  private Map<String, Object> bins(String hash) {
    byte[] bytes = HexFormat.of().parseHex(hash.substring(2 * checksumBytes));
    BitSet bits = BitSet.valueOf(bytes);
    Random random = new Random(0);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("tlsh", hash);
    for (int size : hashes) {
      BitSet bin = new BitSet();
      for (int i = 0; i < size; i++) {
        bin.set(i, bits.get(random.nextInt(Math.max(bits.length(), 1))));
      }
      answer.put(
          hashes.size() == 1 ? "tlsh_bin" : "tlsh_bin_" + size,
          size + HexFormat.of().formatHex(bin.toByteArray()));
    }
    return answer;
  }
}
