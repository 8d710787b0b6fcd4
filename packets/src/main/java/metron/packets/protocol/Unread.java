package metron.packets.protocol;

import metron.packets.stream.Gap;

/// A stream in no protocol that is known here.
final class Unread extends StreamAnalyser {
  Unread(Scene scene) {
    super(scene);
  }

  @Override
  void data(int side, byte[] bytes, int offset, int length) {}

  @Override
  void gap(int side, long length, Gap why) {}
}
