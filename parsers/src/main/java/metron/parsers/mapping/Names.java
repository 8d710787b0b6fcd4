package metron.parsers.mapping;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import metron.parsers.scan.Bytes;
import org.jspecify.annotations.Nullable;

/// A table from names to values that is asked with bytes, so that no text is made for a look-up. Open addressing, a
/// power of two at most half full.
///
/// @param <V> what a name stands for
public final class Names<V> {
  private byte[][] keys = new byte[16][];
  private int[] hashes = new int[16];
  private @Nullable Object[] values = new Object[16];
  private int size;

  public int size() {
    return size;
  }

  public void put(String name, V value) {
    byte[] key = name.getBytes(StandardCharsets.UTF_8);
    put(key, Bytes.hash(key, 0, key.length), value);
  }

  public @Nullable V get(String name) {
    byte[] key = name.getBytes(StandardCharsets.UTF_8);
    return get(key, 0, key.length);
  }

  public @Nullable V get(byte[] b, int from, int to) {
    return get(b, from, to, Bytes.hash(b, from, to));
  }

  /// @param hash of the range, by [Bytes#hash]
  @SuppressWarnings("unchecked") // values are put as V only
  public @Nullable V get(byte[] b, int from, int to, int hash) {
    int mask = hashes.length - 1;
    for (int i = hash & mask; ; i = (i + 1) & mask) {
      byte[] key = keys[i];
      if (key == null) {
        return null;
      }
      if (hashes[i] == hash && Arrays.equals(key, 0, key.length, b, from, to)) {
        return (V) values[i];
      }
    }
  }

  /// @param key kept, not copied
  void put(byte[] key, int hash, V value) {
    if (size * 2 >= keys.length) {
      grow();
    }
    int mask = keys.length - 1;
    int i = hash & mask;
    while (keys[i] != null) {
      if (hashes[i] == hash && Arrays.equals(keys[i], key)) {
        values[i] = value;
        return;
      }
      i = (i + 1) & mask;
    }
    keys[i] = key;
    hashes[i] = hash;
    values[i] = value;
    size++;
  }

  private void grow() {
    byte[][] oldKeys = keys;
    int[] oldHashes = hashes;
    @Nullable Object[] oldValues = values;
    int capacity = oldKeys.length * 2;
    keys = new byte[capacity][];
    hashes = new int[capacity];
    values = new Object[capacity];
    int mask = capacity - 1;
    for (int j = 0; j < oldKeys.length; j++) {
      if (oldKeys[j] != null) {
        int i = oldHashes[j] & mask;
        while (keys[i] != null) {
          i = (i + 1) & mask;
        }
        keys[i] = oldKeys[j];
        hashes[i] = oldHashes[j];
        values[i] = oldValues[j];
      }
    }
  }
}
