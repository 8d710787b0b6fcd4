package metron.parsers.scan;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Values made of bytes that come again and again, such as the name of a host or a method: made once, then handed out
/// without a copy. What repeats is found out while running. A value enters when it has come twice in a row for its place, so
/// ids that never repeat pass by without pushing anything out, and cost a hash and a comparison of two numbers.
///
/// Not thread-safe.
///
/// @param <V> what is made; immutable, as all who get it share it
public final class Repeats<V> {
  /// Longer ones are not kept: that they repeat is less likely and comparing costs more.
  private static final int LONGEST = 128;

  /// Makes a value.
  @FunctionalInterface
  public interface Maker<V> {
    V make(byte[] b, int from, int to);
  }

  private final Maker<V> maker;
  private final int[] hashes;
  private final byte[][] keys;
  private final @Nullable Object[] values;
  private final int[] candidates;

  /// @param places a power of two
  public Repeats(int places, Maker<V> maker) {
    this.maker = maker;
    hashes = new int[places];
    keys = new byte[places][];
    values = new Object[places];
    candidates = new int[places];
  }

  /// @return the value made of the range; null if it does not repeat, as far as can be seen, and is the caller's to make
  @SuppressWarnings("unchecked") // values are what the maker made
  public @Nullable V get(byte[] b, int from, int to) {
    if (to - from > LONGEST) {
      return null;
    }
    int hash = Bytes.hash(b, from, to);
    int i = hash & (hashes.length - 1);
    if (hashes[i] == hash) {
      byte[] key = keys[i];
      if (key != null && Bytes.equals(b, from, to, key)) {
        return (V) values[i];
      }
    }
    if (candidates[i] != hash) {
      candidates[i] = hash;
      return null;
    }
    V value = maker.make(b, from, to);
    hashes[i] = hash;
    keys[i] = Arrays.copyOfRange(b, from, to);
    values[i] = value;
    return value;
  }
}
