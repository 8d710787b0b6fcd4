package metron.packets.protocol;

import metron.packets.stream.Gap;

/// Protocols of lines: cuts both directions into them. A line is at most 64 KiB; what is longer, and what stands beside bytes that
/// the capture lacks, is passed over.
abstract class LineStream extends StreamAnalyser {
  private static final int MOST_LINE = 1 << 16;

  private final Buffer[] buffers;
  private final boolean[] skip = new boolean[2];

  LineStream(Scene scene) {
    super(scene);
    buffers =
        new Buffer[] {new Buffer(scene.budget, MOST_LINE), new Buffer(scene.budget, MOST_LINE)};
  }

  /// @param end without CR and LF
  abstract void line(int side, byte[] bytes, int begin, int end);

  /// The bytes of the line with its end.
  void raw(int side, byte[] bytes, int begin, int end) {}

  @Override
  void data(int side, byte[] b, int offset, int length) {
    int at = offset;
    int end = offset + length;
    Buffer buffer = buffers[side];
    while (at < end) {
      if (isOver()) {
        return;
      }
      int stop = at;
      while (stop < end && b[stop] != '\n') {
        stop++;
      }
      if (stop == end) {
        if (!skip[side] && !buffer.add(b, at, end - at)) {
          skip[side] = true;
        }
        return;
      }
      if (skip[side]) {
        skip[side] = false;
      } else if (buffer.length() == 0) {
        whole(side, b, at, stop);
      } else if (buffer.add(b, at, stop + 1 - at)) {
        whole(side, buffer.bytes(), 0, buffer.length() - 1);
        buffer.clear();
      }
      at = stop + 1;
    }
  }

  private void whole(int side, byte[] b, int begin, int stop) {
    raw(side, b, begin, stop + 1);
    line(side, b, begin, stop > begin && b[stop - 1] == '\r' ? stop - 1 : stop);
  }

  @Override
  void gap(int side, long length, Gap why) {
    skip[side] = true;
    buffers[side].release();
  }

  @Override
  void close() {
    buffers[0].release();
    buffers[1].release();
  }
}
