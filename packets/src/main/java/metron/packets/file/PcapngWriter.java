package metron.packets.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import metron.packets.CaptureInterface;
import metron.packets.Packet;

/// Writes one little-endian pcapng section with times in nanoseconds. Each packet keeps its wire length, its options (so
/// its comments) and the link type of its interface.
///
/// Not thread-safe.
public final class PcapngWriter implements AutoCloseable {
  private static final String APPLICATION = "Metron";

  private final OutputStream out;
  private final BlockBuffer block = new BlockBuffer();
  private final List<CaptureInterface> interfaces = new ArrayList<>();
  private long packets;

  /// @param out closed with the writer; should be buffered
  public PcapngWriter(OutputStream out) throws IOException {
    this.out = out;
    block.sectionHeader(APPLICATION);
    flush();
  }

  /// @return the number of the interface in this file; the same for one that was added before
  public int add(CaptureInterface on) throws IOException {
    int known = interfaces.indexOf(on);
    if (known >= 0) {
      return known;
    }
    interfaces.add(on);
    block.interfaceDescription(on);
    flush();
    return interfaces.size() - 1;
  }

  /// Writes a packet as one of an interface that [#add] has numbered.
  public void write(Packet packet, int interfaceNumber) throws IOException {
    block.packet(packet, interfaceNumber);
    packets++;
    flush();
  }

  public void write(SideBlock side) throws IOException {
    block.side(side.type(), side.body());
    flush();
  }

  public long packets() {
    return packets;
  }

  private void flush() throws IOException {
    out.write(block.bytes(), 0, block.length());
    block.clear();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  /// UTF-8, cut at what an option can hold.
  static byte[] option(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return bytes.length <= 0xffff ? bytes : java.util.Arrays.copyOf(bytes, 0xfffc);
  }
}
