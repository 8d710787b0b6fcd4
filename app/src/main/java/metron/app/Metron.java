package metron.app;

import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import metron.app.cli.CommandFailed;
import metron.app.cli.Commands;
import picocli.CommandLine;

/// The program.
public final class Metron {
  private Metron() {}

  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    int exit = run(System.in, out, System.err, arguments);
    out.flush();
    System.exit(exit);
  }

  /// Runs one command to its end.
  ///
  /// @return the exit code: 0 done, 1 failed, 2 wrong use
  public static int run(InputStream in, PrintStream out, PrintStream err, String... arguments) {
    CommandLine line =
        new CommandLine(new Commands(in, out, err), new Commands.Factory(in, out, err));
    line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpLongOptionsMaxWidth(32);
    line.setExecutionExceptionHandler(
        (e, _, _) -> {
          String message =
              e instanceof CommandFailed || e instanceof java.io.IOException
                  ? String.valueOf(e.getMessage())
                  : "a fault in Metron: " + e;
          err.println("metron: " + message);
          if (!(e instanceof CommandFailed || e instanceof java.io.IOException)) {
            e.printStackTrace(err);
          }
          return e instanceof CommandFailed f ? f.exitCode() : 1;
        });
    int exit = line.execute(arguments);
    out.flush();
    err.flush();
    return exit;
  }
}
