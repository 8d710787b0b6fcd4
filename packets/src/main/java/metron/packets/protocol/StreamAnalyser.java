package metron.packets.protocol;

import metron.packets.stream.Gap;

/// Reads one TCP stream in one protocol, as it comes.
abstract class StreamAnalyser {
  final Scene scene;

  StreamAnalyser(Scene scene) {
    this.scene = scene;
  }

  abstract void data(int side, byte[] bytes, int offset, int length);

  abstract void gap(int side, long length, Gap why);

  /// A side has sent all.
  void end(int side) {}

  /// Nothing more comes; what is buffered is released.
  void close() {}

  /// Whether the stream goes on in another protocol, which is to be found out anew.
  boolean isOver() {
    return false;
  }
}
