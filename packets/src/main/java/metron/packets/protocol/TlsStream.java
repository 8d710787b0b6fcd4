package metron.packets.protocol;

import java.util.ArrayList;
import java.util.List;
import metron.packets.stream.Gap;

/// TLS over TCP: records (type[1] version[2] length[2]) and in them the handshake up to the point from which it is encrypted.
/// Handshake messages are at most 256 KiB; encrypted records are passed over without being held.
final class TlsStream extends StreamAnalyser {
  private static final int MOST_MESSAGE = 1 << 18;
  private static final int HANDSHAKE = 22;
  private static final int CHANGE_CIPHER = 20;

  private static final class Side {
    private final byte[] header = new byte[5];
    private final Buffer messages;
    private int headerLength;
    private int type;
    private int left;
    private boolean done;

    Side(BufferBudget budget) {
      messages = new Buffer(budget, MOST_MESSAGE);
    }
  }

  private final Side[] sides;

  TlsStream(Scene scene) {
    super(scene);
    sides = new Side[] {new Side(scene.budget), new Side(scene.budget)};
  }

  static boolean looksLike(byte[] b, int offset, int end) {
    return end - offset >= 3
        && b[offset] == HANDSHAKE
        && b[offset + 1] == 3
        && b[offset + 2] <= 4
        && b[offset + 2] >= 0
        && (end - offset < 6 || b[offset + 5] == 1 || b[offset + 5] == 2);
  }

  @Override
  void data(int from, byte[] b, int offset, int length) {
    Side side = sides[from];
    int at = offset;
    int end = offset + length;
    while (at < end && !side.done) {
      if (side.left == 0) {
        while (side.headerLength < 5 && at < end) {
          side.header[side.headerLength++] = b[at++];
        }
        if (side.headerLength < 5) {
          return;
        }
        side.headerLength = 0;
        side.type = side.header[0] & 255;
        side.left = Names.u16(side.header, 3);
        boolean record = side.type >= 20 && side.type <= 24 && side.header[1] == 3;
        if (!record || side.left > 18_432 || side.type == CHANGE_CIPHER) {
          // What follows in this direction is encrypted, or no TLS.
          stop(side);
          return;
        }
        continue;
      }
      int n = Math.min(side.left, end - at);
      if (side.type == HANDSHAKE && !side.messages.add(b, at, n)) {
        stop(side);
        return;
      }
      side.left -= n;
      at += n;
      if (side.left == 0 && side.type == HANDSHAKE) {
        messages(from, side);
      }
    }
  }

  private void messages(int from, Side side) {
    Buffer buffer = side.messages;
    int at = 0;
    while (!side.done && buffer.length() - at >= 4) {
      int size = Names.u24(buffer.bytes(), at + 1);
      if (size > MOST_MESSAGE - 4) {
        stop(side);
        return;
      }
      if (buffer.length() - at - 4 < size) {
        break;
      }
      message(from, buffer.bytes(), at, at + 4 + size);
      at += 4 + size;
    }
    if (!side.done) {
      buffer.drop(at);
    }
  }

  private void message(int from, byte[] b, int begin, int end) {
    switch (b[begin]) {
      case 1 ->
          TlsHellos.client(b, begin + 4, end, false).ifPresent(hello -> scene.found(from, hello));
      case 2 ->
          TlsHellos.server(b, begin + 4, end, false).ifPresent(hello -> scene.found(from, hello));
      case 11 -> {
        List<Finding.Certificate> chain = new ArrayList<>();
        int at = begin + 7;
        while (end - at >= 3 && chain.size() < 32) {
          int size = Names.u24(b, at);
          if (size > end - at - 3) {
            break;
          }
          chain.add(Certificates.read(b, at + 3, at + 3 + size));
          at += 3 + size;
        }
        if (!chain.isEmpty()) {
          scene.found(from, new Finding.TlsCertificates(chain));
        }
      }
      default -> {}
    }
  }

  private static void stop(Side side) {
    side.done = true;
    side.messages.release();
  }

  @Override
  void gap(int from, long length, Gap why) {
    stop(sides[from]);
  }

  @Override
  void close() {
    stop(sides[0]);
    stop(sides[1]);
  }
}
