package metron.packets.file;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import metron.packets.Packet;

/// The options that pcapng hangs on a packet, for those who want to see them.
public final class PacketOptions {
  private static final int COMMENT = 1;

  private PacketOptions() {}

  /// In file order; usually none.
  public static List<String> comments(Packet packet) {
    if (packet.optionsLength() == 0) {
      return List.of();
    }
    List<String> comments = new ArrayList<>();
    byte[] b = packet.options();
    int end = packet.optionsOffset() + packet.optionsLength();
    for (int o = packet.optionsOffset(); o + 4 <= end; ) {
      int code = (short) Bytes.SHORT_LE.get(b, o) & 0xffff;
      int size = (short) Bytes.SHORT_LE.get(b, o + 2) & 0xffff;
      if (o + 4 + size > end) {
        break;
      }
      if (code == COMMENT) {
        comments.add(new String(b, o + 4, size, StandardCharsets.UTF_8));
      }
      o += 4 + Bytes.padded(size);
    }
    return comments;
  }
}
