package metron.storage.lucene;

import java.util.Arrays;

/// Numbers to small consecutive ids, in the order of first sight; open addressing over primitive arrays.
final class LongTable {
  private long[] keys = new long[64];
  private int[] slots = filled(128);
  private int size;

  int size() {
    return size;
  }

  long bytes() {
    return 8L * keys.length + 4L * slots.length;
  }

  long key(int id) {
    return keys[id];
  }

  /// @return -1 if the number was never seen
  int find(long key) {
    int mask = slots.length - 1;
    int at = mix(key) & mask;
    while (slots[at] >= 0) {
      if (keys[slots[at]] == key) {
        return slots[at];
      }
      at = (at + 1) & mask;
    }
    return -1;
  }

  int id(long key) {
    int mask = slots.length - 1;
    int at = mix(key) & mask;
    while (slots[at] >= 0) {
      if (keys[slots[at]] == key) {
        return slots[at];
      }
      at = (at + 1) & mask;
    }
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, size * 2);
    }
    keys[size] = key;
    slots[at] = size++;
    if (size * 2 > slots.length) {
      int[] bigger = filled(slots.length * 4);
      for (int i = 0; i < size; i++) {
        int to = mix(keys[i]) & (bigger.length - 1);
        while (bigger[to] >= 0) {
          to = (to + 1) & (bigger.length - 1);
        }
        bigger[to] = i;
      }
      slots = bigger;
    }
    return size - 1;
  }

  private static int[] filled(int length) {
    int[] slots = new int[length];
    Arrays.fill(slots, -1);
    return slots;
  }

  private static int mix(long key) {
    long h = key * 0x9E3779B97F4A7C15L;
    return (int) (h ^ (h >>> 32));
  }
}
