package metron.packets.protocol;

import metron.packets.stream.Gap;

/// DNS over TCP: length[2] and a message, again and again (RFC 1035 section 4.2.2).
final class DnsStream extends StreamAnalyser {
  private final Buffer[] buffers;
  private final boolean[] lost = new boolean[2];

  DnsStream(Scene scene) {
    super(scene);
    buffers = new Buffer[] {new Buffer(scene.budget, 1 << 17), new Buffer(scene.budget, 1 << 17)};
  }

  @Override
  void data(int side, byte[] bytes, int offset, int length) {
    Buffer buffer = buffers[side];
    if (lost[side] || !buffer.add(bytes, offset, length)) {
      lost[side] = true;
      return;
    }
    int at = 0;
    while (buffer.length() - at >= 2) {
      int size = Names.u16(buffer.bytes(), at);
      if (buffer.length() - at - 2 < size) {
        break;
      }
      DnsMessages.read(buffer.bytes(), at + 2, at + 2 + size, true)
          .ifPresent(message -> scene.found(side, message));
      at += 2 + size;
    }
    buffer.drop(at);
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
