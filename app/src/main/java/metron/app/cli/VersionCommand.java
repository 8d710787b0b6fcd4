package metron.app.cli;

import metron.app.start.Version;
import picocli.CommandLine.Command;

/// `metron version`.
@Command(name = "version", description = "Print the version of Metron and of the Java it runs on.")
final class VersionCommand extends StreamedCommand {
  @Override
  public Integer call() {
    out.println("metron " + Version.TEXT + " (Java " + Runtime.version() + ")");
    return 0;
  }
}
