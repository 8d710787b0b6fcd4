package metron.stellar.program;

import java.util.List;

/// Conditions by their numbers, as bits where they are many and as a list where they are few.
record Conditions(int[] few, long[] many) {
  static final Conditions NONE = new Conditions(new int[0], new long[0]);

  static Conditions of(List<Integer> numbers) {
    if (numbers.isEmpty()) {
      return NONE;
    }
    int[] sorted = numbers.stream().mapToInt(i -> i).sorted().distinct().toArray();
    int words = (sorted[sorted.length - 1] >> 6) + 1;
    if (sorted.length <= words) {
      return new Conditions(sorted, new long[0]);
    }
    long[] bits = new long[words];
    for (int number : sorted) {
      bits[number >> 6] |= 1L << number;
    }
    return new Conditions(new int[0], bits);
  }

  void addTo(long[] all) {
    for (int number : few) {
      all[number >> 6] |= 1L << number;
    }
    for (int i = 0; i < many.length; i++) {
      all[i] |= many[i];
    }
  }
}
