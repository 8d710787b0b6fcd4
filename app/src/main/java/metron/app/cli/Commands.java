package metron.app.cli;

import java.io.InputStream;
import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The command without a subcommand, and how the others get their streams.
@Command(
    name = "metron",
    description =
        "Security telemetry and investigation: capture, enrich, detect, store, investigate.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      StartCommand.class,
      StopCommand.class,
      StatusCommand.class,
      IngestCommand.class,
      SearchCommand.class,
      ParseCommand.class,
      SensorsCommand.class,
      IntelCommand.class,
      PacketsCommand.class,
      StellarCommand.class,
      SigmaCommand.class,
      TestConfigCommand.class,
      UsersCommand.class,
      VersionCommand.class,
      TrainCommand.class,
      CommandLine.HelpCommand.class
    },
    footer = {
      "",
      "Also: metron test, metron bench, metron fuzz, metron soak.",
      "Exit codes: 0 done, 1 failed, 2 wrong use."
    })
public final class Commands implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  final InputStream in;
  final PrintStream out;
  final PrintStream err;

  public Commands(InputStream in, PrintStream out, PrintStream err) {
    this.in = in;
    this.out = out;
    this.err = err;
  }

  @Override
  public void run() {
    spec.commandLine().usage(out);
  }

  /// Makes commands, handing the streams to those that take them.
  public static final class Factory implements CommandLine.IFactory {
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    public Factory(InputStream in, PrintStream out, PrintStream err) {
      this.in = in;
      this.out = out;
      this.err = err;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
      K made = CommandLine.defaultFactory().create(type);
      if (made instanceof StreamedCommand command) {
        command.streams(in, out, err);
      }
      return made;
    }
  }
}
