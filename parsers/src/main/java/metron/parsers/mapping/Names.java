package metron.parsers.mapping;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import metron.parsers.scan.Bytes;
import org.jspecify.annotations.Nullable;

/// A table from names to values that is asked with bytes, so that no text is made for a look-up. Open addressing, a
/// power of two at most half full. A look-up takes [#MAX_PROBES] steps or less, so names that were made to collide, as those
/// of a hostile source, cost no more than others: they are not taken in.
///
/// @param <V> what a name stands for
public final class Names<V> {
  private static final int MAX_PROBES = 32;

  // Space is traded for short ways only so far.
  private static final int MAX_SPARSE = 16;

  private byte[][] keys = new byte[16][];
  private int[] hashes = new int[16];
  private @Nullable Object[] values = new Object[16];
  private int size;

  public int size() {
    return size;
  }

  /// @throws IllegalArgumentException if too many names with the same hash are there already
  public void put(String name, V value) {
    byte[] key = name.getBytes(StandardCharsets.UTF_8);
    if (!put(key, Bytes.hash(key, 0, key.length), value)) {
      throw new IllegalArgumentException("more than " + MAX_PROBES + " names hash as " + name);
    }
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
    int i = hash & mask;
    for (int probes = 0; probes < MAX_PROBES; probes++) {
      byte[] key = keys[i];
      if (key == null) {
        return null;
      }
      if (hashes[i] == hash && Bytes.equals(b, from, to, key)) {
        return (V) values[i];
      }
      i = (i + 1) & mask;
    }
    return null;
  }

  /// @param key kept, not copied
  /// @return false if the name was not taken in
  boolean put(byte[] key, int hash, V value) {
    while (size * 2 >= keys.length) {
      grow();
    }
    while (true) {
      int i = place(key, hash);
      if (i >= 0) {
        if (keys[i] == null) {
          keys[i] = key;
          hashes[i] = hash;
          size++;
        }
        values[i] = value;
        return true;
      }
      if (keys.length > size * MAX_SPARSE) {
        return false;
      }
      grow();
    }
  }

  /// @return where the name is or would go; -1 if that is too far
  private int place(byte[] key, int hash) {
    int mask = keys.length - 1;
    int i = hash & mask;
    for (int probes = 0; probes < MAX_PROBES; probes++) {
      if (keys[i] == null || (hashes[i] == hash && Arrays.equals(keys[i], key))) {
        return i;
      }
      i = (i + 1) & mask;
    }
    return -1;
  }

  /// Doubles the table until every name has its place.
  private void grow() {
    byte[][] oldKeys = keys;
    int[] oldHashes = hashes;
    @Nullable Object[] oldValues = values;
    int capacity = oldKeys.length;
    boolean all;
    do {
      capacity *= 2;
      keys = new byte[capacity][];
      hashes = new int[capacity];
      values = new Object[capacity];
      all = true;
      for (int j = 0; j < oldKeys.length && all; j++) {
        if (oldKeys[j] != null) {
          int i = place(oldKeys[j], oldHashes[j]);
          all = i >= 0;
          if (all) {
            keys[i] = oldKeys[j];
            hashes[i] = oldHashes[j];
            values[i] = oldValues[j];
          }
        }
      }
    } while (!all);
  }
}
