package metron.packets.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bytes of a message that is not complete, up to a limit of its own and the budget of all. Not thread-safe.
final class Buffer {
  private static final byte[] NONE = new byte[0];

  private final BufferBudget budget;
  private final int most;
  private byte[] bytes = NONE;
  private int length;

  Buffer(BufferBudget budget, int most) {
    this.budget = budget;
    this.most = most;
  }

  /// @return false (and nothing is kept any more) if that is more than it may hold
  boolean add(byte[] from, int offset, int count) {
    int needed = length + count;
    if (needed < 0 || needed > most) {
      release();
      return false;
    }
    if (needed > bytes.length) {
      int size = Math.min(most, Math.max(needed, Math.max(64, bytes.length * 2)));
      if (!budget.take(size - bytes.length)) {
        release();
        return false;
      }
      bytes = Arrays.copyOf(bytes, size);
    }
    System.arraycopy(from, offset, bytes, length, count);
    length = needed;
    return true;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  void clear() {
    if (bytes.length > 4096) {
      release();
    }
    length = 0;
  }

  /// Takes away the first bytes.
  void drop(int count) {
    System.arraycopy(bytes, count, bytes, 0, length - count);
    length -= count;
    if (length == 0) {
      clear();
    }
  }

  void release() {
    budget.give(bytes.length);
    bytes = NONE;
    length = 0;
  }

  /// One character a byte.
  String text() {
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
  }
}
