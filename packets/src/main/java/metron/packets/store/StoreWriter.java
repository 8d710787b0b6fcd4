package metron.packets.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import metron.packets.CaptureInterface;
import metron.packets.Packet;
import metron.packets.decode.PacketText;
import metron.packets.file.SideBlock;
import org.jspecify.annotations.Nullable;

/// Writes packets into new segments of a store.
///
/// Not thread-safe; several writers may write to one store.
public final class StoreWriter implements AutoCloseable {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.nnnnnnnnn'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Path directory;
  private final BlockFormat format;
  private final long segmentBytes;
  private final @Nullable SegmentKey key;
  private final List<SideBlock> waiting = new ArrayList<>();
  private @Nullable SegmentWriter segment;
  private int segments;
  private long packets;
  private long bytes;

  StoreWriter(Path directory, BlockFormat format, long segmentBytes, @Nullable SegmentKey key) {
    this.directory = directory;
    this.format = format;
    this.segmentBytes = segmentBytes;
    this.key = key;
  }

  /// A packet without a time gets the time 0 here.
  public void write(Packet packet, CaptureInterface on) throws IOException {
    SegmentWriter current = segment;
    if (current != null && current.isFull(segmentBytes)) {
      end(current);
      current = null;
    }
    if (current == null) {
      current = open(packet.hasTime() ? packet.time() : 0);
      segment = current;
      segments++;
      for (SideBlock side : waiting) {
        current.write(side);
      }
      waiting.clear();
    }
    current.write(packet, on);
    packets++;
  }

  /// Names and secrets, kept with the packets after them.
  public void write(SideBlock side) {
    SegmentWriter current = segment;
    if (current == null) {
      waiting.add(side);
    } else {
      current.write(side);
    }
  }

  /// Hands all packets so far to the system; a search finds them then.
  public void flush() throws IOException {
    if (segment != null) {
      segment.flush();
    }
  }

  private SegmentWriter open(long time) throws IOException {
    Files.createDirectories(directory);
    String name = NAME.format(PacketText.instant(time));
    for (int i = 0; ; i++) {
      Path file = directory.resolve(name + (i == 0 ? "" : "-" + i) + format.suffix());
      try {
        return new SegmentWriter(file, format, key);
      } catch (FileAlreadyExistsException e) {
        if (i == 100_000) {
          throw e;
        }
      }
    }
  }

  private void end(SegmentWriter current) throws IOException {
    segment = null;
    current.close();
    bytes += current.length();
  }

  public int segments() {
    return segments;
  }

  public long packets() {
    return packets;
  }

  /// Of segments that have ended.
  public long bytes() {
    return bytes;
  }

  /// Ends the segment that is being written; it has an index then.
  public void finish() throws IOException {
    SegmentWriter current = segment;
    if (current != null) {
      end(current);
    }
  }

  @Override
  public void close() throws IOException {
    finish();
  }
}
