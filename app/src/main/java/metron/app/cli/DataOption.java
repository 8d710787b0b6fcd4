package metron.app.cli;

import java.nio.file.Path;
import metron.app.start.DataDirectory;
import picocli.CommandLine.Option;

/// `--data DIR`, the same for every command.
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:METRON_DATA:-data}",
      description = "Where Metron keeps everything (default: METRON_DATA, else ./data).")
  private Path data = Path.of("data");

  DataDirectory directory() {
    return new DataDirectory(data.toAbsolutePath().normalize());
  }
}
