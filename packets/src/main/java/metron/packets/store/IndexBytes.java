package metron.packets.store;

import java.util.Arrays;

/// Bytes that grow, and the numbers of the index format.
final class IndexBytes {
  private byte[] b = new byte[1024];
  private int length;

  byte[] bytes() {
    return b;
  }

  int length() {
    return length;
  }

  private void room(int n) {
    if (b.length - length < n) {
      b = Arrays.copyOf(b, Math.max(b.length * 2, length + n));
    }
  }

  void put(byte[] from, int count) {
    room(count);
    System.arraycopy(from, 0, b, length, count);
    length += count;
  }

  void int32(int v) {
    room(4);
    for (int i = 0; i < 4; i++) {
      b[length++] = (byte) (v >>> (8 * i));
    }
  }

  void number(long v) {
    room(10);
    long left = v;
    while ((left & ~0x7fL) != 0) {
      b[length++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    b[length++] = (byte) left;
  }

  void signed(long v) {
    number(v << 1 ^ v >> 63);
  }
}
