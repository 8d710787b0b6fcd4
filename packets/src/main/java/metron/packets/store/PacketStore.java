package metron.packets.store;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import metron.packets.CaptureInterface;
import metron.packets.Packet;
import metron.packets.decode.DecodedPacket;
import metron.packets.decode.PacketText;
import metron.packets.file.BlockBuffer;
import metron.packets.file.CaptureReader;
import metron.packets.file.SideBlock;
import org.jspecify.annotations.Nullable;

/// A directory of segments. Any number of processes may read it while others write; each writer makes segments of its own.
public final class PacketStore {
  private static final String PIN = ".pin";

  private final Path directory;
  private final @Nullable SegmentKey key;

  private record Entry(Path file, BlockFormat format) {}

  /// Receives what a search finds, in the order of the segments' first packets and within a segment as captured.
  public interface Finder {
    /// Names and secrets that belong to the packets that follow.
    void side(SideBlock block) throws IOException;

    /// @param packet valid during the call
    void packet(Packet packet, CaptureInterface on, DecodedPacket decoded) throws IOException;
  }

  /// One segment, for a list.
  ///
  /// @param indexBytes 0 if there is no sound index
  /// @param packets -1 if there is no sound index
  /// @param first nanoseconds since the epoch
  /// @param pin why it is to stay, see [#pin]; empty if it is not pinned
  public record Segment(
      String name,
      BlockFormat format,
      long bytes,
      long indexBytes,
      long packets,
      long first,
      long last,
      String pin) {
    public boolean isPinned() {
      return !pin.isEmpty();
    }
  }

  /// @param directory made when the first packet is written
  /// @param key for sealed segments
  public PacketStore(Path directory, @Nullable SegmentKey key) {
    this.directory = directory;
    this.key = key;
  }

  private List<Entry> entries() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    List<Entry> entries = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file :
          files.sorted(Comparator.comparing(p -> p.getFileName().toString())).toList()) {
        for (BlockFormat format : BlockFormat.values()) {
          if (file.getFileName().toString().endsWith(format.suffix())) {
            entries.add(new Entry(file, format));
          }
        }
      }
    }
    return entries;
  }

  /// The segments there are, oldest first.
  public List<Segment> segments() throws IOException {
    List<Segment> list = new ArrayList<>();
    for (Entry entry : entries()) {
      try (SegmentFile segment = new SegmentFile(entry.file(), entry.format(), key)) {
        Optional<SegmentIndex> index = segment.index();
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (int i = 0; index.isPresent() && i < index.get().blocks(); i++) {
          first = Math.min(first, index.get().first(i));
          last = Math.max(last, index.get().last(i));
        }
        list.add(
            new Segment(
                entry.file().getFileName().toString(),
                entry.format(),
                segment.size(),
                index.map(SegmentIndex::size).orElse(0),
                index.map(SegmentIndex::packets).orElse(-1L),
                first,
                last,
                pinOf(entry.file())));
      }
    }
    return list;
  }

  private static Path pinFile(Path segment) {
    return segment.resolveSibling(segment.getFileName() + PIN);
  }

  private static String pinOf(Path segment) throws IOException {
    try {
      String reason = Files.readString(pinFile(segment)).strip();
      return reason.isEmpty() ? "pinned" : reason;
    } catch (NoSuchFileException e) {
      return "";
    } catch (CharacterCodingException e) {
      // Whoever wrote it meant it to stay.
      return "pinned";
    }
  }

  /// Keeps a segment from [#retain].
  ///
  /// @param reason such as the number of a case
  /// @return false if there is no such segment
  public boolean pin(String name, String reason) throws IOException {
    for (Entry entry : entries()) {
      if (entry.file().getFileName().toString().equals(name)) {
        Files.writeString(pinFile(entry.file()), reason.isBlank() ? "pinned" : reason);
        return true;
      }
    }
    return false;
  }

  /// @return false if there is no such segment, or it is not pinned
  public boolean unpin(String name) throws IOException {
    for (Entry entry : entries()) {
      if (entry.file().getFileName().toString().equals(name)) {
        return Files.deleteIfExists(pinFile(entry.file()));
      }
    }
    return false;
  }

  /// Removes what is too old or too much, the oldest segments first. A segment without a sound index, such as one that is being
  /// written, stays, and so does a pinned one. A search that has a segment open reads it to its end.
  ///
  /// @return the segments removed
  public List<Segment> retain(Retention retention, Instant now) throws IOException {
    List<Segment> removed = new ArrayList<>();
    List<Segment> all = segments();
    long bytes = 0;
    for (Segment segment : all) {
      bytes += segment.bytes() + segment.indexBytes();
    }
    Duration age = retention.age();
    for (Segment segment : all) {
      if (segment.isPinned() || segment.packets() < 0) {
        continue;
      }
      boolean old = age != null && PacketText.instant(segment.last()).isBefore(now.minus(age));
      if (old || bytes > retention.bytes()) {
        Path file = directory.resolve(segment.name());
        // The packets first: an index without them is nothing that a search looks at.
        Files.deleteIfExists(file);
        Files.deleteIfExists(SegmentWriter.index(file));
        bytes -= segment.bytes() + segment.indexBytes();
        removed.add(segment);
      }
    }
    return removed;
  }

  /// @param segmentBytes a segment ends when it has so many
  public StoreWriter writer(BlockFormat format, long segmentBytes) {
    return new StoreWriter(directory, format, segmentBytes, key);
  }

  /// Finds packets: through the indexes to the blocks that may hold them, then each packet there is decoded and tried.
  public SearchReport find(Search search, Finder finder) throws IOException {
    return new StoreSearch(search, finder).run();
  }

  /// As [#find] without any index: what the other must equal.
  public SearchReport scan(Search search, Finder finder) throws IOException {
    StoreSearch run = new StoreSearch(search, finder);
    run.useIndexes = false;
    return run.run();
  }

  /// Says, without reading a packet, what [#find] would read.
  public SearchReport explain(Search search) throws IOException {
    StoreSearch run =
        new StoreSearch(
            search,
            new Finder() {
              @Override
              public void side(SideBlock block) {}

              @Override
              public void packet(Packet packet, CaptureInterface on, DecodedPacket decoded) {}
            });
    run.explainOnly = true;
    return run.run();
  }

  /// Builds the index of each segment that has no sound one.
  ///
  /// @param all also of those that have one
  /// @return names of the segments indexed
  public List<String> reindex(boolean all) throws IOException {
    List<String> done = new ArrayList<>();
    for (Entry entry : entries()) {
      try (SegmentFile segment = new SegmentFile(entry.file(), entry.format(), key)) {
        if (!all && segment.index().isPresent()) {
          continue;
        }
        SegmentWriter.writeIndex(
            entry.file(), entry.format(), key, new Reindexing(segment).index());
        done.add(entry.file().getFileName().toString());
      }
    }
    return done;
  }

  /// Builds the index of a segment from its packets. What is torn at its end is left out.
  private static final class Reindexing {
    private final SegmentFile segment;
    private final IndexBuilder index = new IndexBuilder();
    private final BlockBuffer header = new BlockBuffer();
    private final DecodedPacket decoded = new DecodedPacket();
    private final Packet packet = new Packet();
    private int interfaces;

    Reindexing(SegmentFile segment) {
      this.segment = segment;
    }

    byte[] index() throws IOException {
      header.sectionHeader("Metron");
      if (segment.format() == BlockFormat.PLAIN) {
        plain();
      } else {
        packed();
      }
      return index.encode(segment.size(), header.bytes(), header.length());
    }

    private void plain() throws IOException {
      try (CaptureReader reader = CaptureReader.open(segment.stream())) {
        reader.onSideBlock(header::side);
        long start = 0;
        long end = 0;
        while (reader.next(packet)) {
          interfaces(reader);
          long next = reader.position();
          if (end > start && next - start > SegmentWriter.BLOCK) {
            index.endBlock(start, (int) (end - start), (int) (end - start));
            start = end;
          }
          index.add(decoded.decode(packet), packet.hasTime() ? packet.time() : 0);
          end = next;
        }
        index.endBlock(start, (int) (end - start), (int) (end - start));
      }
    }

    private void packed() throws IOException {
      long at = segment.start();
      long number = 0;
      while (true) {
        Optional<SegmentFile.Place> place = segment.place(at);
        if (place.isEmpty()) {
          return;
        }
        byte[] head =
            number == 0 ? new byte[0] : java.util.Arrays.copyOf(header.bytes(), header.length());
        Optional<byte[]> bytes =
            segment.block(at, place.get().stored(), place.get().raw(), number, head);
        if (bytes.isEmpty()) {
          return;
        }
        CaptureReader reader = CaptureReader.of(bytes.get(), bytes.get().length);
        int known = interfaces;
        boolean[] inBlock = {number == 0};
        reader.onSideBlock(
            side -> {
              if (inBlock[0]) {
                header.side(side);
              }
            });
        while (reader.next(packet)) {
          inBlock[0] = true;
          if (number == 0) {
            interfaces(reader);
          }
          index.add(decoded.decode(packet), packet.hasTime() ? packet.time() : 0);
        }
        if (number > 0 && reader.interfaces().size() > known) {
          interfaces(reader);
        }
        index.endBlock(at, place.get().stored(), place.get().raw());
        at += place.get().stored();
        number++;
      }
    }

    private void interfaces(CaptureReader reader) {
      for (; interfaces < reader.interfaces().size(); interfaces++) {
        header.interfaceDescription(reader.interfaces().get(interfaces));
      }
    }
  }

  /// One run over the segments.
  private final class StoreSearch {
    private final Search search;
    private final Finder finder;
    private final Packet packet = new Packet();
    private final DecodedPacket decoded = new DecodedPacket();
    private final List<String> faults = new ArrayList<>();
    private boolean useIndexes = true;
    private boolean explainOnly;
    private int passedOver;
    private int unindexed;
    private long blocks;
    private long blocksRead;
    private long bytesRead;
    private long packetsRead;
    private long found;

    StoreSearch(Search search, Finder finder) {
      this.search = search;
      this.finder = finder;
    }

    SearchReport run() throws IOException {
      List<Entry> entries = entries();
      for (Entry entry : entries) {
        if (found >= search.limit()) {
          break;
        }
        try (SegmentFile segment = new SegmentFile(entry.file(), entry.format(), key)) {
          Optional<SegmentIndex> index = useIndexes ? segment.index() : Optional.empty();
          if (index.isPresent()) {
            indexed(entry, segment, index.get());
          } else {
            unindexed++;
            unindexed(entry, segment);
          }
        }
      }
      return new SearchReport(
          entries.size(),
          passedOver,
          unindexed,
          blocks,
          blocksRead,
          bytesRead,
          packetsRead,
          found,
          faults);
    }

    private void indexed(Entry entry, SegmentFile segment, SegmentIndex index) throws IOException {
      BlockSet candidates =
          index.candidates(search.filter().condition(), search.from(), search.to());
      blocks += index.blocks();
      if (candidates.isEmpty()) {
        passedOver++;
        return;
      }
      byte[] header = index.header();
      boolean first = true;
      for (int i = candidates.next(0); i >= 0 && found < search.limit(); ) {
        blocksRead++;
        bytesRead += index.storedLength(i);
        if (!explainOnly) {
          Optional<byte[]> bytes =
              segment.block(index.offset(i), index.storedLength(i), index.rawLength(i), i, header);
          if (bytes.isEmpty()) {
            faults.add(entry.file() + ": block " + i + " is damaged; its packets are left out");
          } else {
            try (CaptureReader reader = CaptureReader.of(bytes.get(), bytes.get().length)) {
              read(entry, reader, first, header.length);
            }
            first = false;
          }
        }
        i = candidates.next(i + 1);
      }
    }

    private void unindexed(Entry entry, SegmentFile segment) throws IOException {
      if (explainOnly) {
        bytesRead += segment.size();
        return;
      }
      if (segment.size() == 0) {
        // Its writer has handed over no block yet.
        return;
      }
      if (segment.format() == BlockFormat.PLAIN) {
        bytesRead += segment.size();
        try (CaptureReader reader = CaptureReader.open(segment.stream())) {
          read(entry, reader, true, Long.MAX_VALUE);
        }
        return;
      }
      long at = segment.start();
      // What comes before a block: the section header and interfaces of all blocks before it.
      BlockBuffer header = new BlockBuffer();
      header.sectionHeader("Metron");
      int known = 0;
      for (long number = 0; found < search.limit(); number++) {
        Optional<SegmentFile.Place> place = segment.place(at);
        if (place.isEmpty()) {
          torn(entry, segment, at);
          return;
        }
        byte[] head =
            number == 0 ? new byte[0] : java.util.Arrays.copyOf(header.bytes(), header.length());
        Optional<byte[]> bytes =
            segment.block(at, place.get().stored(), place.get().raw(), number, head);
        if (bytes.isEmpty()) {
          torn(entry, segment, at);
          return;
        }
        bytesRead += place.get().stored();
        try (CaptureReader reader = CaptureReader.of(bytes.get(), bytes.get().length)) {
          read(entry, reader, true, Long.MAX_VALUE);
          for (; known < reader.interfaces().size(); known++) {
            header.interfaceDescription(reader.interfaces().get(known));
          }
        }
        at += place.get().stored();
      }
    }

    private void torn(Entry entry, SegmentFile segment, long at) throws IOException {
      if (at < segment.size()) {
        faults.add(
            entry.file() + ": byte " + at + ": no whole block (torn, or still being written)");
      }
    }

    /// @param sidesUpTo side blocks that begin before this offset are handed over
    private void read(Entry entry, CaptureReader reader, boolean sides, long sidesUpTo)
        throws IOException {
      List<IOException> failed = new ArrayList<>();
      reader.onSideBlock(
          side -> {
            if (sides && reader.position() < sidesUpTo) {
              try {
                finder.side(side);
              } catch (IOException e) {
                failed.add(e);
              }
            }
          });
      while (failed.isEmpty() && found < search.limit() && reader.next(packet)) {
        packetsRead++;
        long time = packet.hasTime() ? packet.time() : 0;
        if (time < search.from() || time > search.to()) {
          continue;
        }
        if (search.filter().matches(decoded.decode(packet), packet.wireLength())
            && search
                .payload()
                .isIn(packet.bytes(), decoded.payloadOffset(), decoded.payloadEnd())) {
          found++;
          finder.packet(packet, reader.interfaces().get(packet.interfaceNumber()), decoded);
        }
      }
      if (!failed.isEmpty()) {
        throw failed.getFirst();
      }
      if (reader.fault().isPresent()) {
        faults.add(
            entry.file()
                + ": "
                + reader.fault().get()
                + (sidesUpTo == Long.MAX_VALUE ? " (torn, or still being written)" : ""));
      }
    }
  }
}
