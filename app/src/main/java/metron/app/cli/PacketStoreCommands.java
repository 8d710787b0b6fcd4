package metron.app.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import metron.event.CommunityId;
import metron.event.IpAddress;
import metron.event.json.EventJson;
import metron.packets.CaptureInterface;
import metron.packets.Packet;
import metron.packets.decode.DecodedPacket;
import metron.packets.decode.PacketText;
import metron.packets.file.CaptureReader;
import metron.packets.file.PcapngWriter;
import metron.packets.file.SideBlock;
import metron.packets.filter.Condition;
import metron.packets.filter.FilterSyntaxException;
import metron.packets.filter.PacketFilter;
import metron.packets.filter.PayloadPattern;
import metron.packets.store.BlockFormat;
import metron.packets.store.PacketStore;
import metron.packets.store.Retention;
import metron.packets.store.Search;
import metron.packets.store.SearchReport;
import metron.packets.store.SegmentKey;
import metron.packets.store.StoreWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The commands of `metron packets` that work on the store.
final class PacketStoreCommands {
  private PacketStoreCommands() {}

  /// Which store, and the key of its sealed segments.
  static final class StoreOption {
    @Mixin private DataOption data = new DataOption();

    @Option(
        names = "--store",
        paramLabel = "DIR",
        description = "The folder of the segments (default: packets in the data directory).")
    private @Nullable Path directory;

    @Option(
        names = "--key",
        paramLabel = "FILE",
        description = "Key of sealed segments: 32 bytes, or 64 hexadecimal digits.")
    private @Nullable Path keyFile;

    Path directory() {
      return directory != null ? directory : data.directory().root().resolve("packets");
    }

    PacketStore store() throws IOException {
      return new PacketStore(directory(), keyFile == null ? null : SegmentKey.read(keyFile));
    }

    boolean hasKey() {
      return keyFile != null;
    }
  }

  /// Writes captures into the store.
  @Command(name = "import", description = "Keep the packets of capture files in the store.")
  static final class Import extends StreamedCommand {
    @Mixin private StoreOption options = new StoreOption();

    @Parameters(
        arity = "1..*",
        paramLabel = "FILE",
        description = "pcap or pcapng, plain, gzip, zstd or lz4; - for standard input.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--zstd", description = "Pack the blocks; zstdcat still gives a pcapng file.")
    private boolean zstd;

    @Option(
        names = "--segment-mib",
        paramLabel = "N",
        defaultValue = "1024",
        description = "A segment ends at so many MiB (default 1024).")
    private int segmentMib;

    @Override
    public Integer call() throws Exception {
      if (segmentMib < 1 || segmentMib > 4096) {
        throw CommandFailed.wrongUse("--segment-mib is " + segmentMib + ", expected 1 to 4096");
      }
      BlockFormat format =
          options.hasKey() ? BlockFormat.SEALED : zstd ? BlockFormat.ZSTD : BlockFormat.PLAIN;
      int worst = 0;
      long start = System.nanoTime();
      try (StoreWriter writer = options.store().writer(format, (long) segmentMib << 20)) {
        for (String file : files) {
          try (CaptureReader reader = PacketsCommand.open(file, in)) {
            reader.onSideBlock(writer::write);
            Packet packet = new Packet();
            while (reader.next(packet)) {
              writer.write(packet, reader.interfaces().get(packet.interfaceNumber()));
            }
            worst = Math.max(worst, PacketsCommand.end(reader, file, this));
          }
        }
        writer.finish();
        err.println(
            String.format(
                Locale.ROOT,
                "%,d packets in %d segments, %,d bytes, in %s; %.1f s",
                writer.packets(),
                writer.segments(),
                writer.bytes(),
                options.directory(),
                (System.nanoTime() - start) / 1e9));
      }
      return worst;
    }
  }

  /// Lists the segments.
  @Command(name = "segments", description = "List the segments of the store.")
  static final class Segments extends StreamedCommand {
    @Mixin private StoreOption options = new StoreOption();

    @Option(names = "--json", description = "One JSON object a segment.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
      for (PacketStore.Segment s : options.store().segments()) {
        boolean known = s.packets() > 0;
        if (json) {
          StringBuilder text = new StringBuilder("{\"name\":");
          EventJson.quote(text, s.name());
          text.append(",\"bytes\":").append(s.bytes());
          text.append(",\"index_bytes\":").append(s.indexBytes());
          if (known) {
            text.append(",\"packets\":").append(s.packets());
            text.append(",\"first\":\"").append(PacketText.instant(s.first()));
            text.append("\",\"last\":\"").append(PacketText.instant(s.last())).append('"');
          }
          if (s.isPinned()) {
            EventJson.quote(text.append(",\"pin\":"), s.pin());
          }
          out.println(text.append('}'));
        } else {
          out.println(
              s.name()
                  + "  "
                  + String.format(Locale.ROOT, "%,d bytes", s.bytes())
                  + (known
                      ? String.format(
                          Locale.ROOT,
                          ", %,d packets, index %.2f bytes a packet, %s to %s",
                          s.packets(),
                          (double) s.indexBytes() / s.packets(),
                          PacketText.instant(s.first()),
                          PacketText.instant(s.last()))
                      : ", no index (being written, or see 'metron packets reindex')")
                  + (s.isPinned() ? ", pinned: " + s.pin() : ""));
        }
      }
      return 0;
    }
  }

  /// Removes old segments.
  @Command(
      name = "retain",
      description = {
        "Remove segments that are too old or too much, the oldest first.",
        "Pinned segments stay, and those that are being written."
      })
  static final class Retain extends StreamedCommand {
    @Mixin private StoreOption options = new StoreOption();

    @Option(
        names = "--days",
        paramLabel = "N",
        description = "Remove segments whose last packet is older than N days.")
    private @Nullable Integer days;

    @Option(
        names = "--mib",
        paramLabel = "N",
        description = "Remove the oldest until the store has at most N MiB.")
    private @Nullable Long mib;

    @Override
    public Integer call() throws Exception {
      Integer age = days;
      Long size = mib;
      if (age == null && size == null) {
        throw CommandFailed.wrongUse("expected --days or --mib or both");
      }
      if ((age != null && age < 0) || (size != null && (size < 0 || size > 1L << 40))) {
        throw CommandFailed.wrongUse("--days and --mib are numbers of 0 or more");
      }
      Retention retention =
          new Retention(
              age == null ? null : Duration.ofDays(age),
              size == null ? Long.MAX_VALUE : size << 20);
      long bytes = 0;
      List<PacketStore.Segment> removed = options.store().retain(retention, Instant.now());
      for (PacketStore.Segment segment : removed) {
        out.println(segment.name());
        bytes += segment.bytes() + segment.indexBytes();
      }
      err.println(
          String.format(Locale.ROOT, "%d segments removed, %,d bytes", removed.size(), bytes));
      return 0;
    }
  }

  /// Keeps segments.
  @Command(name = "pin", description = "Keep segments, whatever 'retain' is told.")
  static final class Pin extends StreamedCommand {
    @Mixin private StoreOption options = new StoreOption();

    @Parameters(arity = "1..*", paramLabel = "SEGMENT", description = "As 'segments' names it.")
    private List<String> names = new ArrayList<>();

    @Option(
        names = "--reason",
        paramLabel = "TEXT",
        description = "Such as the number of a case; 'segments' shows it.")
    private String reason = "";

    @Override
    public Integer call() throws Exception {
      PacketStore store = options.store();
      for (String name : names) {
        if (!store.pin(name, reason)) {
          throw CommandFailed.failed("there is no segment " + name + " in " + options.directory());
        }
      }
      return 0;
    }
  }

  /// Lets segments go.
  @Command(name = "unpin", description = "Let 'retain' remove segments again.")
  static final class Unpin extends StreamedCommand {
    @Mixin private StoreOption options = new StoreOption();

    @Parameters(arity = "1..*", paramLabel = "SEGMENT", description = "As 'segments' names it.")
    private List<String> names = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
      PacketStore store = options.store();
      for (String name : names) {
        if (!store.unpin(name)) {
          throw CommandFailed.failed(
              "segment " + name + " in " + options.directory() + " is not pinned, or not there");
        }
      }
      return 0;
    }
  }

  /// Builds indexes.
  @Command(
      name = "reindex",
      description = "Build the index of each segment that has none or a damaged one.")
  static final class Reindex extends StreamedCommand {
    @Mixin private StoreOption options = new StoreOption();

    @Option(names = "--all", description = "Of all segments.")
    private boolean all;

    @Override
    public Integer call() throws Exception {
      List<String> done = options.store().reindex(all);
      for (String name : done) {
        out.println(name);
      }
      err.println(done.size() + " segments indexed");
      return 0;
    }
  }

  /// Searches the store.
  @Command(
      name = "find",
      aliases = "query",
      description = {
        "Find packets in the store; what is given must all hold.",
        "Example: metron packets find 'host 10.0.0.5 and port 443' -w out.pcapng"
      })
  static final class Find extends StreamedCommand {
    @Mixin private StoreOption options = new StoreOption();

    @Parameters(
        arity = "0..1",
        paramLabel = "FILTER",
        description = "Such as 'host 10.0.0.5 and tcp port 443'.")
    private String filter = "";

    @Option(names = "--host", paramLabel = "ADDRESS", description = "From or to this address.")
    private @Nullable String host;

    @Option(
        names = "--community-id",
        paramLabel = "ID",
        description = "Of this flow, in both directions.")
    private @Nullable String communityId;

    @Option(
        names = "--flow",
        paramLabel = "FLOW",
        description = "tcp,10.0.0.5,51000,192.0.2.8,443: protocol and both ends.")
    private @Nullable String flow;

    @Option(
        names = "--bytes",
        paramLabel = "HEX",
        description = "Only packets with these bytes behind their headers, such as 4d5a90.")
    private @Nullable String bytes;

    @Option(
        names = "--text",
        paramLabel = "TEXT",
        description = "Only packets with this text behind their headers.")
    private @Nullable String text;

    @Option(
        names = "--regex",
        paramLabel = "EXPRESSION",
        description = "Only packets in which this matches behind their headers, without case.")
    private @Nullable String regex;

    @Option(names = "--from", paramLabel = "INSTANT", description = "Not before.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "INSTANT", description = "Not after.")
    private @Nullable String to;

    @Option(names = "--limit", paramLabel = "N", description = "At most N packets.")
    private long limit = Long.MAX_VALUE;

    @Option(names = "-w", paramLabel = "FILE", description = "Write them as pcapng.")
    private @Nullable Path write;

    @Option(names = "--json", description = "One JSON object a packet.")
    private boolean json;

    @Option(names = "--explain", description = "Only say what would be read.")
    private boolean explain;

    @Override
    public Integer call() throws Exception {
      Search search =
          new Search(
              PacketFilter.of(condition()),
              instant("--from", from, Long.MIN_VALUE),
              instant("--to", to, Long.MAX_VALUE),
              limit,
              payload());
      PacketStore store = options.store();
      long start = System.nanoTime();
      SearchReport report;
      if (explain) {
        report = store.explain(search);
      } else if (write != null) {
        try (PcapngWriter writer =
            new PcapngWriter(new BufferedOutputStream(Files.newOutputStream(write), 1 << 20))) {
          report = store.find(search, new Export(writer));
        }
      } else {
        report = store.find(search, new Print(out, json));
      }
      out.flush();
      for (String fault : report.faults()) {
        err.println("metron: " + fault);
      }
      err.println(
          String.format(
              Locale.ROOT,
              "%,d packets; %s %,d of %,d blocks, %,d bytes; %d of %d segments passed over by"
                  + " their index, %d without one; %.0f ms",
              report.packetsFound(),
              explain ? "would read" : "read",
              report.blocksRead(),
              report.blocks(),
              report.bytesRead(),
              report.passedOver(),
              report.segments(),
              report.unindexed(),
              (System.nanoTime() - start) / 1e6));
      return report.faults().isEmpty() ? 0 : 1;
    }

    private PayloadPattern payload() throws CommandFailed {
      if ((bytes == null ? 0 : 1) + (text == null ? 0 : 1) + (regex == null ? 0 : 1) > 1) {
        throw CommandFailed.wrongUse("--bytes, --text and --regex exclude each other");
      }
      try {
        return bytes != null
            ? PayloadPattern.hex(bytes)
            : text != null
                ? PayloadPattern.text(text)
                : regex != null ? PayloadPattern.regex(regex) : PayloadPattern.ANY;
      } catch (FilterSyntaxException e) {
        throw CommandFailed.wrongUse(String.valueOf(e.getMessage()));
      }
    }

    private Condition condition() throws CommandFailed {
      Condition condition = PacketsCommand.filter(filter).condition();
      if (host != null) {
        condition = new Condition.And(condition, PacketsCommand.filter("host " + host).condition());
      }
      if (communityId != null) {
        condition =
            new Condition.And(
                condition, PacketsCommand.filter("community-id " + communityId).condition());
      }
      return flow == null ? condition : new Condition.And(condition, flow(flow));
    }

    private static Condition flow(String text) throws CommandFailed {
      String[] parts = text.split(",", -1);
      int protocol = CommunityId.protocolNumber(parts[0]);
      if (protocol >= 0 && parts.length == 5) {
        Optional<IpAddress> source = IpAddress.parse(parts[1]);
        Optional<IpAddress> destination = IpAddress.parse(parts[3]);
        if (source.isPresent()
            && destination.isPresent()
            && parts[2].matches("\\d{1,5}")
            && parts[4].matches("\\d{1,5}")) {
          return new Condition.Flow(
              source.get(),
              Integer.parseInt(parts[2]),
              destination.get(),
              Integer.parseInt(parts[4]),
              protocol);
        }
      }
      throw CommandFailed.wrongUse(
          "--flow is '"
              + text
              + "', expected protocol, address, port, address, port, such as"
              + " tcp,10.0.0.5,51000,192.0.2.8,443");
    }

    private static long instant(String option, @Nullable String text, long otherwise)
        throws CommandFailed {
      if (text == null) {
        return otherwise;
      }
      try {
        Instant at = Instant.parse(text);
        return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000_000L), at.getNano());
      } catch (DateTimeParseException | ArithmeticException e) {
        throw CommandFailed.wrongUse(
            option + " is '" + text + "', expected an instant such as 2026-01-31T12:00:00Z");
      }
    }
  }

  private record Export(PcapngWriter writer) implements PacketStore.Finder {
    @Override
    public void side(SideBlock block) throws IOException {
      writer.write(block);
    }

    @Override
    public void packet(Packet packet, CaptureInterface on, DecodedPacket decoded)
        throws IOException {
      writer.write(packet, writer.add(on));
    }
  }

  private static final class Print implements PacketStore.Finder {
    private final PrintStream out;
    private final boolean json;
    private long number;

    Print(PrintStream out, boolean json) {
      this.out = out;
      this.json = json;
    }

    @Override
    public void side(SideBlock block) {}

    @Override
    public void packet(Packet packet, CaptureInterface on, DecodedPacket decoded) {
      number++;
      out.println(
          json
              ? PacketText.json(number, packet, decoded)
              : PacketText.line(number, packet, decoded));
    }
  }
}
