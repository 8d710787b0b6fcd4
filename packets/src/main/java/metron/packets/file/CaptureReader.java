package metron.packets.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import metron.packets.CaptureInterface;
import metron.packets.Packet;
import org.jspecify.annotations.Nullable;

/// Reads a capture of any known format, packed or not, packet by packet, in one pass and in bounded memory whatever lengths
/// the file claims. Any bytes are read without an exception: where they stop making sense, [#next] ends and [#fault] says
/// why; everything before is delivered.
///
/// Not thread-safe.
public abstract sealed class CaptureReader implements AutoCloseable
    permits PcapReader, PcapngReader, UnknownReader {
  /// Longest packet or block that is kept in memory; a record that claims more is a fault, or is passed over if it is no
  /// packet. Far above every snap length in use (tcpdump: 256 KiB).
  public static final int MAX_RECORD = 16 << 20;

  private final InputStream in;
  final ByteWindow window;
  final List<CaptureInterface> interfaces = new ArrayList<>();
  Consumer<SideBlock> sideBlocks = _ -> {};
  private @Nullable CaptureFault fault;
  private boolean ended;
  private long packets;

  CaptureReader(InputStream in, ByteWindow window) {
    this.in = in;
    this.window = window;
  }

  /// @param file read from where it stands; closed with the reader
  /// @throws IOException if the first bytes cannot be read at all
  public static CaptureReader open(InputStream file) throws IOException {
    InputStream in;
    try {
      in = Unpacking.unpacked(file);
    } catch (java.util.zip.ZipException | java.io.EOFException e) {
      return new UnknownReader(
          file,
          new ByteWindow(InputStream.nullInputStream()),
          "the file begins as gzip but is none: " + e.getMessage());
    } catch (RuntimeException e) {
      return new UnknownReader(
          file,
          new ByteWindow(InputStream.nullInputStream()),
          "the file begins as a packed one but is none: " + e.getMessage());
    }
    return open(in, new ByteWindow(in));
  }

  /// A capture that lies in memory, not packed.
  public static CaptureReader of(byte[] bytes, int length) {
    return open(InputStream.nullInputStream(), new ByteWindow(bytes, length));
  }

  private static CaptureReader open(InputStream in, ByteWindow window) {
    if (!window.require(4)) {
      String why = window.failure();
      return new UnknownReader(
          in,
          window,
          why != null
              ? "the file cannot be unpacked: " + why
              : "the file has " + window.available() + " bytes, expected a capture");
    }
    int magic = window.int32(0, false);
    if (magic == PcapngReader.SECTION_HEADER) {
      return new PcapngReader(in, window);
    }
    PcapReader.Format format = PcapReader.Format.of(magic);
    if (format != null) {
      return new PcapReader(in, window, format);
    }
    return new UnknownReader(
        in,
        window,
        String.format(
            Locale.ROOT,
            "the file begins with %08x, expected a pcap or pcapng file, plain or in gzip, zstd or lz4",
            Integer.reverseBytes(magic)));
  }

  /// What the file is: `pcap`, `pcap-ns`, `pcapng`, …
  public abstract String format();

  abstract boolean read(Packet packet);

  /// Points `packet` at the next packet.
  ///
  /// @return false at the end, and then always
  public final boolean next(Packet packet) {
    if (ended) {
      return false;
    }
    if (read(packet)) {
      packets++;
      return true;
    }
    ended = true;
    return false;
  }

  /// Why the file could not be read to its end; empty while there is more to read and after a clean end.
  public final Optional<CaptureFault> fault() {
    return Optional.ofNullable(fault);
  }

  /// Packets delivered so far.
  public final long packets() {
    return packets;
  }

  /// Where packets so far were captured; grows while reading. [Packet#interfaceNumber] is a position in it, over all
  /// sections of a pcapng file.
  public final List<CaptureInterface> interfaces() {
    return Collections.unmodifiableList(interfaces);
  }

  /// Packets that the capturing side says it lost, as far as read.
  public long dropped() {
    return 0;
  }

  /// Hands over each block that is no packet (names, secrets, custom blocks), before the packets that follow it.
  public final void onSideBlock(Consumer<SideBlock> consumer) {
    sideBlocks = consumer;
  }

  /// Bytes of the unpacked file read so far.
  public final long position() {
    return window.position();
  }

  final boolean faulty(long offset, String message) {
    fault = new CaptureFault(offset, message);
    return false;
  }

  /// The file ends, or unpacking it fails, inside a record.
  final boolean cut(long offset, String what, long expected) {
    String why = window.failure();
    return faulty(
        offset,
        (why == null ? "the file ends" : "unpacking fails (" + why + ")")
            + " inside "
            + what
            + ": "
            + window.available()
            + " bytes found, expected "
            + expected);
  }

  @Override
  public final void close() throws IOException {
    in.close();
  }
}
