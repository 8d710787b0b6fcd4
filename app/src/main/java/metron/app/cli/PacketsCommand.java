package metron.app.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import metron.event.json.EventJson;
import metron.packets.CaptureInterface;
import metron.packets.LinkType;
import metron.packets.Packet;
import metron.packets.decode.DecodedPacket;
import metron.packets.decode.PacketText;
import metron.packets.file.CaptureReader;
import metron.packets.file.PcapWriter;
import metron.packets.file.PcapngWriter;
import metron.packets.filter.FilterSyntaxException;
import metron.packets.filter.PacketFilter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `metron packets …`: capture files and the packet store. None of it needs a running Metron.
@Command(
    name = "packets",
    description = "Packets: read and convert capture files, keep them, find them again.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      PacketsCommand.Listing.class,
      PacketsCommand.Info.class,
      PacketsCommand.Convert.class,
      PacketAnalysisCommands.Show.class,
      PacketAnalysisCommands.Inspect.class,
      PacketAnalysisCommands.Flows.class,
      PacketAnalysisCommands.Follow.class,
      PacketAnalysisCommands.Events.class,
      PacketAnalysisCommands.CarvedFiles.class,
      PacketStoreCommands.Import.class,
      PacketStoreCommands.Find.class,
      PacketStoreCommands.Segments.class,
      PacketStoreCommands.Reindex.class,
      PacketStoreCommands.Retain.class,
      PacketStoreCommands.Pin.class,
      PacketStoreCommands.Unpin.class
    })
final class PacketsCommand extends StreamedCommand {
  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (spec != null) {
      spec.commandLine().usage(err);
    }
    return 2;
  }

  /// @param file a path, or `-`
  static CaptureReader open(String file, InputStream in) throws IOException {
    if (file.equals("-")) {
      return CaptureReader.open(in);
    }
    Path path = Path.of(file);
    if (Files.isDirectory(path)) {
      throw new IOException(file + " is a folder, expected a capture file");
    }
    try {
      return CaptureReader.open(Files.newInputStream(path));
    } catch (NoSuchFileException e) {
      throw new IOException("there is no file " + file, e);
    } catch (AccessDeniedException e) {
      throw new IOException("file " + file + " may not be read by this user", e);
    }
  }

  static PacketFilter filter(String text) throws CommandFailed {
    try {
      return PacketFilter.parse(text);
    } catch (FilterSyntaxException e) {
      throw CommandFailed.wrongUse(String.valueOf(e.getMessage()));
    }
  }

  /// Prints the packets of a file.
  @Command(name = "list", description = "List the packets of a capture file, one a line.")
  static final class Listing extends StreamedCommand {
    @Parameters(
        paramLabel = "FILE",
        description = "pcap or pcapng, plain, gzip, zstd or lz4; - for standard input.")
    private String file = "";

    @Option(names = "--json", description = "One JSON object a packet.")
    private boolean json;

    @Option(
        names = "--filter",
        paramLabel = "TEXT",
        description = {
          "Only packets that match, such as 'host 10.0.0.5 and tcp port 443'.",
          "Any layer may match; 'outer (…)' looks at the outermost as tcpdump does."
        })
    private String filter = "";

    @Option(names = "--limit", paramLabel = "N", description = "Stop after N packets.")
    private long limit = Long.MAX_VALUE;

    @Override
    public Integer call() throws Exception {
      PacketFilter wanted = filter(filter);
      try (CaptureReader reader = open(file, in)) {
        Packet packet = new Packet();
        DecodedPacket decoded = new DecodedPacket();
        long shown = 0;
        while (shown < limit && reader.next(packet)) {
          if (!wanted.matches(decoded.decode(packet), packet.wireLength())) {
            continue;
          }
          out.println(
              json
                  ? PacketText.json(reader.packets(), packet, decoded)
                  : PacketText.line(reader.packets(), packet, decoded));
          shown++;
          if (out.checkError()) {
            // The reader of our output went away (`| head`).
            return 0;
          }
        }
        return end(reader, file, this);
      }
    }
  }

  /// @return 1 if the file could not be read to its end, which is said then
  static int end(CaptureReader reader, String file, StreamedCommand command) {
    command.out.flush();
    reader
        .fault()
        .ifPresent(
            fault ->
                command.err.println(
                    "metron: "
                        + file
                        + ": "
                        + fault
                        + ". "
                        + reader.packets()
                        + " packets before it are good."));
    return reader.fault().isPresent() ? 1 : 0;
  }

  /// Says what a file holds.
  @Command(
      name = "info",
      description = "Say what capture files hold: counts, times, interfaces, faults.")
  static final class Info extends StreamedCommand {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Capture files.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--json", description = "One JSON object a file.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
      int worst = 0;
      for (String file : files) {
        try (CaptureReader reader = open(file, in)) {
          long[] names = new long[1];
          reader.onSideBlock(_ -> names[0]++);
          Packet packet = new Packet();
          long captured = 0;
          long wire = 0;
          long first = Long.MAX_VALUE;
          long last = Long.MIN_VALUE;
          long untimed = 0;
          long snapped = 0;
          while (reader.next(packet)) {
            captured += packet.capturedLength();
            wire += Integer.toUnsignedLong(packet.wireLength());
            snapped +=
                packet.capturedLength() < Integer.toUnsignedLong(packet.wireLength()) ? 1 : 0;
            if (packet.hasTime()) {
              first = Math.min(first, packet.time());
              last = Math.max(last, packet.time());
            } else {
              untimed++;
            }
          }
          List<String[]> rows = new ArrayList<>();
          rows.add(new String[] {"format", reader.format()});
          rows.add(new String[] {"packets", Long.toString(reader.packets())});
          rows.add(new String[] {"wire_bytes", Long.toString(wire)});
          rows.add(new String[] {"captured_bytes", Long.toString(captured)});
          rows.add(new String[] {"snapped_packets", Long.toString(snapped)});
          rows.add(new String[] {"untimed_packets", Long.toString(untimed)});
          rows.add(new String[] {"dropped_packets", Long.toString(reader.dropped())});
          rows.add(new String[] {"other_blocks", Long.toString(names[0])});
          if (first <= last) {
            rows.add(new String[] {"first", PacketText.instant(first).toString()});
            rows.add(new String[] {"last", PacketText.instant(last).toString()});
          }
          reader.fault().ifPresent(f -> rows.add(new String[] {"fault", f.toString()}));
          out.println(json ? json(file, rows, reader) : text(file, rows, reader));
          worst = reader.fault().isPresent() ? 1 : worst;
        }
      }
      return worst;
    }

    private static String text(String file, List<String[]> rows, CaptureReader reader) {
      StringBuilder text = new StringBuilder(file);
      for (String[] row : rows) {
        text.append(String.format(Locale.ROOT, "%n  %-16s ", row[0].replace('_', ' ')));
        text.append(row[1]);
      }
      int number = 0;
      for (CaptureInterface on : reader.interfaces()) {
        text.append(String.format(Locale.ROOT, "%n  %-16s ", "interface " + number++))
            .append(LinkType.name(on.linkType()))
            .append(", snap length ")
            .append(on.snapLength())
            .append(on.name().isEmpty() ? "" : ", " + on.name())
            .append(on.description().isEmpty() ? "" : " (" + on.description() + ")");
      }
      return text.toString();
    }

    private static String json(String file, List<String[]> rows, CaptureReader reader) {
      StringBuilder text = new StringBuilder("{\"file\":");
      EventJson.quote(text, file);
      for (String[] row : rows) {
        text.append(",\"").append(row[0]).append("\":");
        if (Character.isDigit(row[1].charAt(0)) && row[1].indexOf('-') < 0) {
          text.append(row[1]);
        } else {
          EventJson.quote(text, row[1]);
        }
      }
      text.append(",\"interfaces\":[");
      boolean more = false;
      for (CaptureInterface on : reader.interfaces()) {
        text.append(more ? "," : "").append("{\"link_type\":").append(on.linkType());
        more = true;
        EventJson.quote(text.append(",\"link_type_name\":"), LinkType.name(on.linkType()));
        text.append(",\"snap_length\":").append(on.snapLength());
        EventJson.quote(text.append(",\"name\":"), on.name());
        EventJson.quote(text.append(",\"description\":"), on.description());
        text.append('}');
      }
      return text.append("]}").toString();
    }
  }

  /// Writes a file in another format.
  @Command(
      name = "convert",
      description = {
        "Write a capture file as pcapng: all packets, interfaces, comments, names and secrets;",
        "or as pcap for tools that read nothing else."
      })
  static final class Convert extends StreamedCommand {
    @Parameters(
        index = "0",
        paramLabel = "FILE",
        description = "What to read; - for standard input.")
    private String file = "";

    @Parameters(index = "1", paramLabel = "TO", description = "What to write.")
    private Path to = Path.of("");

    @Option(
        names = "--to",
        paramLabel = "FORMAT",
        defaultValue = "pcapng",
        description = "pcapng (default), pcap, or pcap-ns for times in nanoseconds.")
    private String format = "pcapng";

    @Option(
        names = "--filter",
        paramLabel = "TEXT",
        description = "Only packets that match, such as 'vlan 7 and udp port 53'.")
    private String filter = "";

    @Override
    public Integer call() throws Exception {
      if (!List.of("pcapng", "pcap", "pcap-ns").contains(format)) {
        throw CommandFailed.wrongUse("--to is '" + format + "', expected pcapng, pcap or pcap-ns");
      }
      try (CaptureReader reader = open(file, in);
          OutputStream stream = new BufferedOutputStream(Files.newOutputStream(to), 1 << 20)) {
        PacketFilter wanted = PacketsCommand.filter(filter);
        long written =
            format.equals("pcapng")
                ? toPcapng(reader, wanted, stream)
                : toPcap(reader, wanted, stream);
        err.println(written + " packets written to " + to);
        return end(reader, file, this);
      }
    }

    private static long toPcapng(CaptureReader reader, PacketFilter wanted, OutputStream stream)
        throws IOException {
      // Closed by the caller.
      @SuppressWarnings("resource")
      PcapngWriter writer = new PcapngWriter(stream);
      List<IOException> failed = new ArrayList<>();
      reader.onSideBlock(
          side -> {
            try {
              writer.write(side);
            } catch (IOException e) {
              failed.add(e);
            }
          });
      Packet packet = new Packet();
      DecodedPacket decoded = new DecodedPacket();
      int[] numbers = new int[0];
      while (failed.isEmpty() && reader.next(packet)) {
        if (!wanted.matches(decoded.decode(packet), packet.wireLength())) {
          continue;
        }
        int number = packet.interfaceNumber();
        if (number >= numbers.length) {
          int known = numbers.length;
          numbers = java.util.Arrays.copyOf(numbers, reader.interfaces().size());
          for (int i = known; i < numbers.length; i++) {
            numbers[i] = writer.add(reader.interfaces().get(i));
          }
        }
        writer.write(packet, numbers[number]);
      }
      if (!failed.isEmpty()) {
        throw failed.getFirst();
      }
      return writer.packets();
    }

    private long toPcap(CaptureReader reader, PacketFilter wanted, OutputStream stream)
        throws IOException, CommandFailed {
      Packet packet = new Packet();
      PcapWriter writer = null;
      DecodedPacket decoded = new DecodedPacket();
      int linkType = 0;
      long written = 0;
      while (reader.next(packet)) {
        if (!wanted.matches(decoded.decode(packet), packet.wireLength())) {
          continue;
        }
        if (writer == null) {
          linkType = packet.linkType();
          writer = new PcapWriter(stream, linkType, format.equals("pcap-ns"));
        }
        if (packet.linkType() != linkType) {
          throw CommandFailed.failed(
              file
                  + " has packets of link types "
                  + LinkType.name(linkType)
                  + " and "
                  + LinkType.name(packet.linkType())
                  + "; pcap holds one, write pcapng");
        }
        writer.write(packet);
        written++;
      }
      if (writer == null) {
        new PcapWriter(stream, LinkType.ETHERNET, format.equals("pcap-ns"));
      }
      return written;
    }
  }
}
