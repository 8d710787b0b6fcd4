package metron.app.cli;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import metron.app.start.DataDirectory;
import metron.app.start.DirectoryLock;
import metron.app.start.RunFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `metron stop`.
@Command(name = "stop", description = "Stop the Metron that runs in the data directory, cleanly.")
final class StopCommand extends StreamedCommand {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @Mixin private DataOption data = new DataOption();

  @Option(names = "--force", description = "End it at once if it does not stop; no data is lost.")
  private boolean force;

  @Override
  public Integer call() throws Exception {
    DataDirectory directory = data.directory();
    RunFile running = RunFile.read(directory).orElse(null);
    if (running == null || !DirectoryLock.isTaken(directory)) {
      out.println("no Metron runs in " + directory.root());
      return 0;
    }
    ProcessHandle process = running.process().orElse(null);
    if (process == null) {
      out.println("no Metron runs in " + directory.root());
      return 0;
    }
    process.destroy();
    try {
      process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      if (!force) {
        throw CommandFailed.failed(
            "process "
                + running.pid()
                + " did not stop within "
                + PATIENCE.toSeconds()
                + " s: see "
                + directory.logs()
                + ", or use 'metron stop --force'");
      }
      process.destroyForcibly();
    }
    out.println("stopped");
    return 0;
  }
}
