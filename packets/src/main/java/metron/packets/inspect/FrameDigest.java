package metron.packets.inspect;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import metron.packets.Packet;

/// A digest of packets that two tools can agree on: SHA-256 over one line a packet, `N<TAB>NS<TAB>WIRE<TAB>CAPTURED<TAB>MD5<LF>`:
/// number from 1, nanoseconds since the epoch (`-` where the packet has no time), the two lengths, MD5 of the captured bytes.
final class FrameDigest {
  // What classic pcap can hold: unsigned 32-bit seconds.
  private static final long PCAP_END = (1L << 32) * 1_000_000_000L;

  private final MessageDigest all = algorithm("SHA-256");
  private final MessageDigest one = algorithm("MD5");
  private long frames;
  private long wire;
  private String last = "";
  private boolean fitsPcap = true;

  static MessageDigest algorithm(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + name, e);
    }
  }

  void add(Packet packet) {
    one.update(packet.bytes(), packet.offset(), packet.capturedLength());
    last = HexFormat.of().formatHex(one.digest());
    frames++;
    wire += Integer.toUnsignedLong(packet.wireLength());
    fitsPcap &= packet.hasTime() && packet.time() >= 0 && packet.time() < PCAP_END;
    String line =
        frames
            + "\t"
            + (packet.hasTime() ? Long.toString(packet.time()) : "-")
            + "\t"
            + Integer.toUnsignedLong(packet.wireLength())
            + "\t"
            + packet.capturedLength()
            + "\t"
            + last
            + "\n";
    all.update(line.getBytes(StandardCharsets.UTF_8));
  }

  long frames() {
    return frames;
  }

  long wire() {
    return wire;
  }

  /// MD5 of the packet that was added last.
  String lastMd5() {
    return last;
  }

  boolean fitsPcap() {
    return fitsPcap;
  }

  /// Ends the digest.
  String text() {
    return HexFormat.of().formatHex(all.digest());
  }
}
