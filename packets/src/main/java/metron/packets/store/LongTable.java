package metron.packets.store;

import java.util.Arrays;

/// A set of keys of one or more longs, emptied in no time: each block of a segment asks "seen in this block?".
final class LongTable {
  // The order of probes must not be known to who sends the packets.
  private static final long SEED = new java.security.SecureRandom().nextLong() | 1;

  private final int width;
  private long[] keys;
  private int[] epochs;
  private int epoch = 1;
  private int size;

  LongTable(int width) {
    this.width = width;
    this.keys = new long[1024 * width];
    this.epochs = new int[1024];
  }

  void clear() {
    size = 0;
    if (++epoch == 0) {
      Arrays.fill(epochs, 0);
      epoch = 1;
    }
  }

  private static long mix(long h, long v) {
    long x = (h ^ v) * SEED;
    return x ^ (x >>> 29);
  }

  private int slot(long hash) {
    return (int) ((hash * 0x9e3779b97f4a7c15L) >>> 40) & (epochs.length - 1);
  }

  /// @return whether it was not there
  boolean add(long a) {
    int mask = epochs.length - 1;
    for (int i = slot(mix(SEED, a)); ; i = (i + 1) & mask) {
      if (epochs[i] != epoch) {
        epochs[i] = epoch;
        keys[i] = a;
        grown();
        return true;
      }
      if (keys[i] == a) {
        return false;
      }
    }
  }

  /// @return whether it was not there
  boolean add(long a, long b, long c, long d, long e) {
    int mask = epochs.length - 1;
    long h = mix(mix(mix(mix(mix(SEED, a), b), c), d), e);
    for (int i = slot(h); ; i = (i + 1) & mask) {
      int at = i * width;
      if (epochs[i] != epoch) {
        epochs[i] = epoch;
        keys[at] = a;
        keys[at + 1] = b;
        keys[at + 2] = c;
        keys[at + 3] = d;
        keys[at + 4] = e;
        grown();
        return true;
      }
      if (keys[at] == a
          && keys[at + 1] == b
          && keys[at + 2] == c
          && keys[at + 3] == d
          && keys[at + 4] == e) {
        return false;
      }
    }
  }

  private void grown() {
    if (++size * 2 <= epochs.length) {
      return;
    }
    long[] oldKeys = keys;
    int[] oldEpochs = epochs;
    keys = new long[oldKeys.length * 2];
    epochs = new int[oldEpochs.length * 2];
    size = 0;
    for (int i = 0; i < oldEpochs.length; i++) {
      if (oldEpochs[i] == epoch) {
        int at = i * width;
        if (width == 1) {
          add(oldKeys[at]);
        } else {
          add(oldKeys[at], oldKeys[at + 1], oldKeys[at + 2], oldKeys[at + 3], oldKeys[at + 4]);
        }
      }
    }
  }
}
