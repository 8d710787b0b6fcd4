package metron.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import metron.event.json.EventJson;
import metron.packets.Packet;
import metron.packets.analysis.TrafficAnalysis;
import metron.packets.analysis.TrafficListener;
import metron.packets.carve.FileNames;
import metron.packets.carve.FolderSink;
import metron.packets.carve.ZipSink;
import metron.packets.decode.DecodedPacket;
import metron.packets.decode.PacketText;
import metron.packets.file.CaptureReader;
import metron.packets.filter.FilterSyntaxException;
import metron.packets.flow.Flow;
import metron.packets.flow.FlowEvents;
import metron.packets.flow.FlowLimits;
import metron.packets.inspect.CaptureInspection;
import metron.packets.inspect.StreamFollower;
import metron.packets.protocol.FileSink;
import metron.packets.protocol.Finding;
import metron.packets.protocol.FindingListener;
import metron.packets.protocol.ProtocolAnalysis;
import metron.packets.protocol.ProtocolEvents;
import metron.packets.show.Dissection;
import metron.packets.show.Layer;
import metron.packets.stream.StreamLimits;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The commands of `metron packets` that follow packets from one to the next: flows, streams, messages, files.
final class PacketAnalysisCommands {
  private PacketAnalysisCommands() {}

  private static InputStream bytes(String file, InputStream in) throws IOException {
    if (file.equals("-")) {
      return in;
    }
    try {
      return Files.newInputStream(Path.of(file));
    } catch (NoSuchFileException e) {
      throw new IOException("there is no file " + file, e);
    }
  }

  /// Takes one packet apart.
  @Command(
      name = "show",
      description =
          "Print one packet of a capture file: its headers, field by field, and its bytes.")
  static final class Show extends StreamedCommand {
    @Parameters(
        index = "0",
        paramLabel = "FILE",
        description = "pcap or pcapng, plain, gzip, zstd or lz4; - for standard input.")
    private String file = "";

    @Parameters(index = "1", paramLabel = "N", description = "Number of the packet, from 1.")
    private long number;

    @Option(
        names = "--json",
        description = "One JSON object: number, layers with byte ranges, hex.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
      if (number < 1) {
        throw CommandFailed.wrongUse("the packet's number is " + number + ", expected 1 or more");
      }
      try (CaptureReader reader = PacketsCommand.open(file, in)) {
        Packet packet = new Packet();
        while (reader.packets() < number && reader.next(packet)) {
          // On to the packet that is asked for.
        }
        if (reader.packets() < number) {
          int worst = PacketsCommand.end(reader, file, this);
          err.println(
              "metron: "
                  + file
                  + " has "
                  + reader.packets()
                  + " packets, none is number "
                  + number);
          return Math.max(1, worst);
        }
        DecodedPacket decoded = new DecodedPacket().decode(packet);
        List<Layer> layers = Dissection.layers(decoded);
        byte[] bytes = packet.bytes();
        if (json) {
          String hex =
              HexFormat.of()
                  .formatHex(bytes, packet.offset(), packet.offset() + packet.capturedLength());
          out.println(
              "{\"number\":"
                  + number
                  + ",\"layers\":"
                  + Dissection.json(layers)
                  + ",\"hex\":\""
                  + hex
                  + "\"}");
        } else {
          out.println(PacketText.line(number, packet, decoded));
          out.print(Dissection.tree(layers));
          out.println();
          out.print(Dissection.hex(bytes, packet.offset(), packet.capturedLength()));
        }
        return 0;
      }
    }
  }

  /// Says all of a capture in one JSON object.
  @Command(
      name = "inspect",
      description = {
        "Print what a capture file holds as one JSON object: digests, layers, flows,",
        "Community IDs, and what each filter selects."
      })
  static final class Inspect extends StreamedCommand {
    @Parameters(
        paramLabel = "FILE",
        description = "pcap or pcapng, plain, gzip, zstd or lz4; - for standard input.")
    private String file = "";

    // Asked for as with the other commands; there is no other form.
    @SuppressWarnings("UnusedVariable")
    @Option(names = "--json", description = "JSON, the only form there is.")
    private boolean json;

    @Option(
        names = "--bpf",
        paramLabel = "FILTER",
        description =
            "Count and digest what this filter selects, read as libpcap does; repeatable.")
    private List<String> filters = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
      try (InputStream stream = bytes(file, in)) {
        Path name = file.equals("-") ? Path.of("-") : Path.of(file).getFileName();
        CaptureInspection.Inspected found =
            CaptureInspection.inspect(stream, String.valueOf(name), filters);
        out.println(found.json());
        if (!found.fault().isEmpty()) {
          out.flush();
          err.println("metron: " + file + ": " + found.fault());
          return 1;
        }
        return 0;
      } catch (FilterSyntaxException e) {
        throw CommandFailed.wrongUse(String.valueOf(e.getMessage()));
      }
    }
  }

  /// Lists the flows.
  @Command(
      name = "flows",
      description = "Print the flows of a capture file as events, one JSON object a line.")
  static final class Flows extends StreamedCommand {
    @Parameters(
        paramLabel = "FILE",
        description = "pcap or pcapng, plain, gzip, zstd or lz4; - for standard input.")
    private String file = "";

    @Override
    public Integer call() throws Exception {
      try (CaptureReader reader = PacketsCommand.open(file, in)) {
        StringBuilder text = new StringBuilder(1024);
        TrafficListener printer =
            (flow, why) -> {
              text.setLength(0);
              EventJson.write(FlowEvents.event(flow, why), text);
              out.println(text);
            };
        analyse(reader, printer, out);
        return PacketsCommand.end(reader, file, this);
      }
    }
  }

  /// Shows what two ends said to each other.
  @Command(
      name = "follow",
      description = {
        "Print what the two ends of a TCP stream said to each other.",
        "Bytes that the capture lacks are named; where segments overlap, what came first stays."
      })
  static final class Follow extends StreamedCommand {
    @Parameters(
        paramLabel = "FILE",
        description = "pcap or pcapng, plain, gzip, zstd or lz4; - for standard input.")
    private String file = "";

    @Option(
        names = "--stream",
        paramLabel = "N",
        required = true,
        description = "Number of the stream, from 0 in the order of first packets.")
    private long stream;

    @Option(
        names = "--as",
        paramLabel = "FORM",
        defaultValue = "text",
        description = "text (default), hex or raw.")
    private String form = "text";

    @Option(
        names = "--side",
        paramLabel = "SIDE",
        description = "client or server: one direction alone.")
    private String side = "";

    @Override
    public Integer call() throws Exception {
      StreamFollower.Form as =
          switch (form) {
            case "text" -> StreamFollower.Form.TEXT;
            case "hex" -> StreamFollower.Form.HEX;
            case "raw" -> StreamFollower.Form.RAW;
            default ->
                throw CommandFailed.wrongUse("--as is '" + form + "', expected text, hex or raw");
          };
      int only =
          switch (side) {
            case "" -> -1;
            case "client" -> 0;
            case "server" -> 1;
            default ->
                throw CommandFailed.wrongUse("--side is '" + side + "', expected client or server");
          };
      try (CaptureReader reader = PacketsCommand.open(file, in)) {
        if (!StreamFollower.follow(reader, stream, as, only, out)) {
          throw CommandFailed.failed(
              file
                  + " has no TCP stream "
                  + stream
                  + ". 'metron packets inspect' numbers those with most data.");
        }
        return PacketsCommand.end(reader, file, this);
      }
    }
  }

  private static void analyse(CaptureReader reader, TrafficListener listener, PrintStream out) {
    TrafficAnalysis analysis =
        new TrafficAnalysis(FlowLimits.DEFAULT, StreamLimits.DEFAULT, listener);
    Packet packet = new Packet();
    while (!out.checkError() && reader.next(packet)) {
      analysis.accept(packet, reader.packets());
    }
    analysis.finish();
  }

  /// Prints what was said.
  @Command(
      name = "events",
      description = {
        "Print what was said in a capture file as events, one JSON object a line: flows, DNS, HTTP,",
        "TLS, QUIC, SSH, SMTP, FTP, SMB, DHCP, NTP, ICMP, Kerberos and the files that were sent."
      })
  static final class Events extends StreamedCommand {
    @Parameters(
        paramLabel = "FILE",
        description = "pcap or pcapng, plain, gzip, zstd or lz4; - for standard input.")
    private String file = "";

    @Option(names = "--no-flows", description = "Leave out the events of flows.")
    private boolean noFlows;

    @Option(names = "--no-files", description = "Neither unpack nor hash files: faster.")
    private boolean noFiles;

    @Override
    public Integer call() throws Exception {
      try (CaptureReader reader = PacketsCommand.open(file, in)) {
        StringBuilder text = new StringBuilder(2048);
        ProtocolEvents events =
            new ProtocolEvents(
                event -> {
                  text.setLength(0);
                  EventJson.write(event, text);
                  out.println(text);
                },
                !noFlows);
        analyse(
            reader, new ProtocolAnalysis(events, events, noFiles ? null : FileSink.HASHES), out);
        return PacketsCommand.end(reader, file, this);
      }
    }
  }

  /// Takes files out of traffic.
  @Command(
      name = "files",
      description = {
        "List the files that were sent over HTTP, SMTP, FTP and SMB, with MD5, SHA-1 and SHA-256;",
        "-w writes them into a folder, --zip into a zip file under a password."
      })
  static final class CarvedFiles extends StreamedCommand {
    @Parameters(
        paramLabel = "FILE",
        description = "pcap or pcapng, plain, gzip, zstd or lz4; - for standard input.")
    private String file = "";

    @Option(names = "-w", paramLabel = "DIR", description = "Write the files into this folder.")
    private @Nullable Path folder;

    @Option(
        names = "--zip",
        paramLabel = "OUT",
        description = "Write the files into this zip file.")
    private @Nullable Path zip;

    @Option(
        names = "--password",
        paramLabel = "TEXT",
        defaultValue = "infected",
        description = "Password of the zip file (default: infected).")
    private String password = "infected";

    @Option(names = "--json", description = "One JSON object a file.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
      if (folder != null && zip != null) {
        throw CommandFailed.wrongUse("-w and --zip are two places, expected one");
      }
      if (password.isEmpty()) {
        throw CommandFailed.wrongUse("--password is empty, expected one such as 'infected'");
      }
      try (CaptureReader reader = PacketsCommand.open(file, in)) {
        if (folder != null) {
          try (FolderSink sink = new FolderSink(folder)) {
            carve(reader, sink);
          }
        } else if (zip != null) {
          if (Files.exists(zip)) {
            throw CommandFailed.failed("file " + zip + " is there already, and is not replaced");
          }
          try (ZipSink sink = new ZipSink(zip, password)) {
            carve(reader, sink);
          }
        } else {
          carve(reader, FileSink.HASHES);
        }
        return PacketsCommand.end(reader, file, this);
      } catch (UncheckedIOException e) {
        throw new IOException("a file cannot be written: " + e.getMessage(), e);
      }
    }

    private void carve(CaptureReader reader, FileSink sink) {
      FindingListener printer =
          (flow, side, frame, _, finding) -> {
            if (finding instanceof Finding.CarvedFile carved) {
              out.println(
                  json
                      ? object(flow, side, frame, carved)
                      : String.format(
                          Locale.ROOT,
                          "%-8s %10d %s %s%s  %s > %s",
                          carved.protocol(),
                          carved.size(),
                          carved.sha256(),
                          FileNames.safe(carved.name(), 0),
                          carved.whole() ? "" : " (incomplete)",
                          flow.address(side),
                          flow.address(1 - side)));
            }
          };
      analyse(reader, new ProtocolAnalysis(printer, (_, _) -> {}, sink), out);
    }

    private static String object(Flow flow, int side, long frame, Finding.CarvedFile carved) {
      StringBuilder text = new StringBuilder(512).append("{\"protocol\":");
      EventJson.quote(text, carved.protocol());
      EventJson.quote(text.append(",\"name\":"), carved.name());
      EventJson.quote(text.append(",\"media_type\":"), carved.mediaType());
      text.append(",\"bytes\":").append(carved.size());
      EventJson.quote(text.append(",\"md5\":"), carved.md5());
      EventJson.quote(text.append(",\"sha1\":"), carved.sha1());
      EventJson.quote(text.append(",\"sha256\":"), carved.sha256());
      text.append(",\"whole\":").append(carved.whole());
      text.append(",\"frame\":").append(frame);
      EventJson.quote(text.append(",\"source\":"), flow.address(side).toString());
      EventJson.quote(text.append(",\"destination\":"), flow.address(1 - side).toString());
      flow.communityId().ifPresent(id -> EventJson.quote(text.append(",\"community_id\":"), id));
      return text.append('}').toString();
    }
  }
}
