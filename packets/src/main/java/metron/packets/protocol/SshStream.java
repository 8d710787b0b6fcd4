package metron.packets.protocol;

import java.security.MessageDigest;
import java.util.HexFormat;
import metron.packets.stream.Gap;

/// SSH (RFC 4253): the banners of both sides and their key exchange proposals with HASSH (client) and HASSH-server: the MD5 of
/// `key exchange;encryption;MAC;compression`, each list as it was sent.
final class SshStream extends StreamAnalyser {
  private static final int MOST_BANNER = 4096;
  private static final int MOST_PACKET = 1 << 16;
  private static final int KEX_INIT = 20;

  private final Buffer[] buffers;
  private final boolean[] greeted = new boolean[2];
  private final boolean[] done = new boolean[2];

  SshStream(Scene scene) {
    super(scene);
    buffers =
        new Buffer[] {
          new Buffer(scene.budget, MOST_PACKET + MOST_BANNER),
          new Buffer(scene.budget, MOST_PACKET + MOST_BANNER)
        };
  }

  @Override
  void data(int side, byte[] bytes, int offset, int length) {
    if (done[side]) {
      return;
    }
    Buffer buffer = buffers[side];
    if (!buffer.add(bytes, offset, length)) {
      done[side] = true;
      return;
    }
    while (!done[side] && !greeted[side]) {
      int end = 0;
      while (end < buffer.length() && buffer.bytes()[end] != '\n') {
        end++;
      }
      if (end == buffer.length()) {
        done[side] = end > MOST_BANNER;
        return;
      }
      String line = Names.latin(buffer.bytes(), 0, end);
      buffer.drop(end + 1);
      // A server may say other things before (RFC 4253 section 4.2).
      if (line.startsWith("SSH-")) {
        greeted[side] = true;
        scene.found(side, new Finding.SshBanner(line));
      }
    }
    packets(side);
  }

  private void packets(int side) {
    Buffer buffer = buffers[side];
    while (!done[side] && buffer.length() >= 6) {
      long size = Names.u32(buffer.bytes(), 0);
      if (size < 2 || size > MOST_PACKET - 4) {
        stop(side);
        return;
      }
      if (buffer.length() < 4 + size) {
        return;
      }
      int type = buffer.bytes()[5] & 255;
      if (type == KEX_INIT) {
        keyExchange(side, buffer.bytes(), 6 + 16, (int) (4 + size - (buffer.bytes()[4] & 255)));
        stop(side);
        return;
      }
      buffer.drop((int) (4 + size));
    }
  }

  private void keyExchange(int side, byte[] b, int begin, int end) {
    String[] lists = new String[8];
    int at = begin;
    for (int i = 0; i < lists.length; i++) {
      if (end - at < 4) {
        return;
      }
      long size = Names.u32(b, at);
      if (size > end - at - 4) {
        return;
      }
      lists[i] = Names.latin(b, at + 4, (int) (at + 4 + size));
      at += (int) (4 + size);
    }
    boolean client = side == 0;
    int way = client ? 0 : 1;
    String algorithms =
        lists[0] + ";" + lists[2 + way] + ";" + lists[4 + way] + ";" + lists[6 + way];
    MessageDigest md5 = Carver.digest("MD5");
    String hassh =
        HexFormat.of()
            .formatHex(
                md5.digest(algorithms.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)));
    scene.found(side, new Finding.SshKeyExchange(client, hassh, algorithms));
  }

  private void stop(int side) {
    done[side] = true;
    buffers[side].release();
  }

  @Override
  void gap(int side, long length, Gap why) {
    stop(side);
  }

  @Override
  void close() {
    stop(0);
    stop(1);
  }
}
