package metron.app.cli;

import java.io.Console;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/// What every command has: its streams, and `--help`.
abstract class StreamedCommand implements Callable<Integer> {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  InputStream in = InputStream.nullInputStream();
  PrintStream out = System.out;
  PrintStream err = System.err;

  final void streams(InputStream newIn, PrintStream newOut, PrintStream newErr) {
    in = newIn;
    out = newOut;
    err = newErr;
  }

  /// @return the exit code
  @Override
  public abstract Integer call() throws Exception;

  /// Whether a person sits in front of it.
  // Error Prone believes that it is never null since JDK 22; without a terminal it still is, seen
  // on 25.0.3.
  @SuppressWarnings("SystemConsoleNull")
  static boolean terminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }
}
