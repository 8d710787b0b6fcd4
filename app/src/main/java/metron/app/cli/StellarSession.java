package metron.app.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import metron.stellar.Stellar;
import metron.stellar.shell.Session;
import org.jspecify.annotations.Nullable;

/// A session at a terminal, or the lines of a script on standard input.
final class StellarSession {
  private final Session session;
  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;

  StellarSession(
      Stellar stellar,
      Map<String, @Nullable Object> variables,
      InputStream in,
      PrintStream out,
      PrintStream err) {
    this.session = new Session(stellar, variables);
    this.in = in;
    this.out = out;
    this.err = err;
  }

  /// Runs to the end of the input or to `quit`.
  ///
  /// @return 0, or 1 when a line of a script failed
  int run() throws IOException, CommandFailed {
    if (StreamedCommand.terminal()) {
      out.println("Stellar, " + Session.COMMANDS.getFirst() + " for help, quit or Ctrl-D to leave");
      new StellarTerminal(session)
          .run(
              statement -> {
                try {
                  return execute(statement);
                } catch (IOException | CommandFailed e) {
                  err.println(e.getMessage());
                  return true;
                }
              });
      return 0;
    }
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return run(lines);
    }
  }

  private int run(BufferedReader lines) throws IOException, CommandFailed {
    int exit = 0;
    StringBuilder pending = new StringBuilder();
    String line;
    while ((line = lines.readLine()) != null) {
      pending.append(pending.isEmpty() ? "" : "\n").append(line);
      if (Session.isOpen(pending.toString())) {
        continue;
      }
      String statement = pending.toString();
      pending.setLength(0);
      if (!execute(statement)) {
        return exit;
      }
      exit = Math.max(exit, failed ? 1 : 0);
    }
    if (!pending.isEmpty()) {
      execute(pending.toString());
      exit = Math.max(exit, failed ? 1 : 0);
    }
    return exit;
  }

  private boolean failed;

  /// @return false when the session is over
  private boolean execute(String statement) throws IOException, CommandFailed {
    failed = false;
    String trimmed = statement.strip();
    if (trimmed.startsWith("%load ")) {
      for (String line : StellarCommand.read(trimmed.substring(6).strip()).split("\n", -1)) {
        if (!execute(line)) {
          return false;
        }
      }
      return true;
    }
    Session.Reply reply = session.execute(statement);
    if (!reply.text().isEmpty()) {
      (reply.kind() == Session.Reply.Kind.FAILURE ? err : out).println(reply.text());
    }
    failed = reply.kind() == Session.Reply.Kind.FAILURE;
    return reply.kind() != Session.Reply.Kind.END;
  }
}
