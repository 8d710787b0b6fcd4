package metron.app.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import metron.app.Metron;
import metron.app.start.DataDirectory;
import metron.app.start.Rehearsal;
import metron.parsers.Sensor;
import metron.parsers.Sensors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// A short run of the commands that must start fast, from which bin/metron makes the JVM's class data cache.
@Command(name = "train", hidden = true, description = "Used by the build.")
final class TrainCommand extends StreamedCommand {
  /// So many are enough for the profiles of the methods, whatever the number of sensors.
  private static final int RUNS = 150;

  @Option(names = "--start", description = "Start everything in a folder of its own, and stop.")
  private boolean start;

  @Override
  public Integer call() throws Exception {
    if (start) {
      Path folder = Files.createTempDirectory("metron-train");
      try {
        Rehearsal.run(new DataDirectory(folder));
      } finally {
        delete(folder);
      }
    } else {
      commands();
    }
    return 0;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void commands() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    byte[] line =
        "{\"a\":1,\"ts\":1700000000.5,\"event_type\":\"dns\"}\nplain text\n"
            .getBytes(StandardCharsets.UTF_8);
    Metron.run(new ByteArrayInputStream(line), nowhere, nowhere, "sensors", "--json");
    Metron.run(new ByteArrayInputStream(line), nowhere, nowhere, "status");
    List<Sensor> sensors = Sensors.shipped().all();
    for (int i = 0; i < RUNS; i++) {
      Metron.run(
          new ByteArrayInputStream(line),
          nowhere,
          nowhere,
          "parse",
          sensors.get(i % sensors.size()).name(),
          "-",
          "--positions");
    }
  }
}
