package metron.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import metron.packets.filter.FilterSyntaxException;
import metron.packets.inspect.CaptureInspection;
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
}
