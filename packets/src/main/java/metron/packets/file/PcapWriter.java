package metron.packets.file;

import java.io.IOException;
import java.io.OutputStream;
import metron.packets.Packet;

/// Writes the classic format, little-endian, for tools that read nothing else. It holds one link type, no options, and
/// times from 1970 to 2106.
///
/// Not thread-safe.
public final class PcapWriter implements AutoCloseable {
  private final OutputStream out;
  private final boolean nanoseconds;
  private final byte[] header = new byte[24];

  /// @param nanoseconds false cuts times to microseconds, which the oldest readers need
  public PcapWriter(OutputStream out, int linkType, boolean nanoseconds) throws IOException {
    this.out = out;
    this.nanoseconds = nanoseconds;
    Bytes.INT_LE.set(
        header,
        0,
        nanoseconds ? PcapReader.Format.NANOSECONDS.magic : PcapReader.Format.MICROSECONDS.magic);
    Bytes.SHORT_LE.set(header, 4, (short) 2);
    Bytes.SHORT_LE.set(header, 6, (short) 4);
    Bytes.INT_LE.set(header, 16, CaptureReader.MAX_RECORD);
    Bytes.INT_LE.set(header, 20, linkType);
    out.write(header);
  }

  public void write(Packet packet) throws IOException {
    long time = packet.hasTime() ? packet.time() : 0;
    long fraction = Math.floorMod(time, 1_000_000_000L);
    Bytes.INT_LE.set(header, 0, (int) Math.floorDiv(time, 1_000_000_000L));
    Bytes.INT_LE.set(header, 4, (int) (nanoseconds ? fraction : fraction / 1000));
    Bytes.INT_LE.set(header, 8, packet.capturedLength());
    Bytes.INT_LE.set(header, 12, packet.wireLength());
    out.write(header, 0, 16);
    out.write(packet.bytes(), packet.offset(), packet.capturedLength());
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
