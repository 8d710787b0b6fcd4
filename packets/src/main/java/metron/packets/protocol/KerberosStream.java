package metron.packets.protocol;

import metron.packets.stream.Gap;

/// Kerberos over TCP: length[4] and a message, again and again (RFC 4120 section 7.2.2).
final class KerberosStream extends StreamAnalyser {
  private static final int MOST = 1 << 18;

  private final Buffer[] buffers;
  private final boolean[] lost = new boolean[2];

  KerberosStream(Scene scene) {
    super(scene);
    buffers = new Buffer[] {new Buffer(scene.budget, MOST), new Buffer(scene.budget, MOST)};
  }

  @Override
  void data(int side, byte[] bytes, int offset, int length) {
    Buffer buffer = buffers[side];
    if (lost[side] || !buffer.add(bytes, offset, length)) {
      lost[side] = true;
      return;
    }
    while (buffer.length() >= 4) {
      long size = Names.u32(buffer.bytes(), 0);
      if (size > MOST - 4) {
        lost[side] = true;
        buffer.release();
        return;
      }
      if (buffer.length() < 4 + size) {
        return;
      }
      KerberosMessages.read(buffer.bytes(), 4, (int) (4 + size))
          .ifPresent(message -> scene.found(side, message));
      buffer.drop((int) (4 + size));
    }
  }

  @Override
  void gap(int side, long length, Gap why) {
    lost[side] = true;
    buffers[side].release();
  }

  @Override
  void close() {
    buffers[0].release();
    buffers[1].release();
  }
}
