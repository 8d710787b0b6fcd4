package metron.packets.file;

import java.io.InputStream;
import metron.packets.CaptureInterface;
import metron.packets.Packet;
import org.jspecify.annotations.Nullable;

/// The classic format (draft-ietf-opsawg-pcap): magic[4] major[2] minor[2] zone[4] accuracy[4] snapLength[4] linkType[4],
/// then records of seconds[4] fraction[4] capturedLength[4] wireLength[4] bytes, all in the byte order of the writer.
///
/// The modified format (Kuznetsov) has eight bytes more in each record: interface[4] protocol[2] packetType[1] pad[1]. IXIA's
/// has four more in the file header: the length of all records.
final class PcapReader extends CaptureReader {
  /// @param magic as written in big-endian order
  enum Format {
    MICROSECONDS("pcap", 0xa1b2c3d4, 1_000, 16, 24),
    NANOSECONDS("pcap-ns", 0xa1b23c4d, 1, 16, 24),
    MODIFIED("pcap-modified", 0xa1b2cd34, 1_000, 24, 24),
    IXIA_HARDWARE("pcap-ixia-ns", 0x1c0001ac, 1, 16, 28),
    IXIA_SOFTWARE("pcap-ixia", 0x1c0001ab, 1_000, 16, 28);

    final String text;
    final int magic;
    final int nanosPerFraction;
    final int recordHeader;
    final int fileHeader;

    Format(String text, int magic, int nanosPerFraction, int recordHeader, int fileHeader) {
      this.text = text;
      this.magic = magic;
      this.nanosPerFraction = nanosPerFraction;
      this.recordHeader = recordHeader;
      this.fileHeader = fileHeader;
    }

    /// Null (asked once a file, before anything is known) if it is none.
    static @Nullable Format of(int magic) {
      for (Format format : values()) {
        if (format.magic == magic || format.magic == Integer.reverseBytes(magic)) {
          return format;
        }
      }
      return null;
    }
  }

  private final Format format;
  private final boolean bigEndian;
  private boolean started;
  private int linkType;
  // Before version 2.3 the two lengths stood the other way round; 2.3 was written both ways.
  private int minor;

  PcapReader(InputStream in, ByteWindow window, Format format) {
    super(in, window);
    this.format = format;
    this.bigEndian = window.int32(0, true) == format.magic;
  }

  @Override
  public String format() {
    return format.text;
  }

  private boolean start() {
    started = true;
    if (!window.require(format.fileHeader)) {
      return cut(0, "the file header", format.fileHeader);
    }
    minor = window.int16(6, bigEndian);
    // The upper bits say whether frames end with a check sequence.
    linkType = window.int32(20, bigEndian) & 0xffff;
    interfaces.add(
        new CaptureInterface(
            linkType,
            window.int32(16, bigEndian) & 0xffff_ffffL,
            "",
            "",
            format.nanosPerFraction == 1 ? 9 : 6));
    window.advance(format.fileHeader);
    return true;
  }

  @Override
  boolean read(Packet packet) {
    if (!started && !start()) {
      return false;
    }
    int header = format.recordHeader;
    long at = window.position();
    if (!window.require(header)) {
      return (window.available() > 0 || window.failure() != null)
          && cut(at, "the header of packet " + (packets() + 1), header);
    }
    long seconds = window.int32(0, bigEndian) & 0xffff_ffffL;
    long fraction = window.int32(4, bigEndian) & 0xffff_ffffL;
    int captured = window.int32(8, bigEndian);
    int wire = window.int32(12, bigEndian);
    if (minor < 3 || (minor == 3 && Integer.compareUnsigned(captured, wire) > 0)) {
      int swap = captured;
      captured = wire;
      wire = swap;
    }
    if (captured < 0 || captured > MAX_RECORD) {
      return faulty(
          at,
          "packet "
              + (packets() + 1)
              + " claims "
              + Integer.toUnsignedString(captured)
              + " captured bytes, expected at most "
              + MAX_RECORD);
    }
    if (!window.require(header + captured)) {
      return cut(at, "packet " + (packets() + 1), header + (long) captured);
    }
    packet.set(
        window.buffer(),
        window.start() + header,
        captured,
        wire,
        seconds * 1_000_000_000L + fraction * format.nanosPerFraction,
        0,
        linkType);
    window.advance(header + captured);
    return true;
  }
}
