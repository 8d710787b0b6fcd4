package metron.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import metron.event.json.EventJson;
import metron.packets.Packet;
import metron.packets.analysis.TrafficAnalysis;
import metron.packets.analysis.TrafficListener;
import metron.packets.file.CaptureReader;
import metron.packets.filter.FilterSyntaxException;
import metron.packets.flow.FlowEvents;
import metron.packets.flow.FlowLimits;
import metron.packets.inspect.CaptureInspection;
import metron.packets.inspect.StreamFollower;
import metron.packets.stream.StreamLimits;
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
        TrafficAnalysis analysis =
            new TrafficAnalysis(FlowLimits.DEFAULT, StreamLimits.DEFAULT, printer);
        Packet packet = new Packet();
        while (!out.checkError() && reader.next(packet)) {
          analysis.accept(packet, reader.packets());
        }
        analysis.finish();
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
}
