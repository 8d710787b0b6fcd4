package metron.app.cli;

import java.io.IOException;
import java.io.InputStream;
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
  private boolean anyFailed;

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
    return script(new String(in.readAllBytes(), StandardCharsets.UTF_8));
  }

  /// Runs the lines of a file.
  ///
  /// @return 0, or 1 when one of them failed
  int script(String text) throws IOException, CommandFailed {
    run(text);
    return anyFailed ? 1 : 0;
  }

  /// @return false when the session is over
  private boolean run(String text) throws IOException, CommandFailed {
    StringBuilder pending = new StringBuilder();
    for (String line : text.split("\n", -1)) {
      pending.append(pending.isEmpty() ? "" : "\n").append(line);
      if (Session.isOpen(pending.toString())) {
        continue;
      }
      String statement = pending.toString();
      pending.setLength(0);
      if (!execute(statement)) {
        return false;
      }
    }
    return pending.isEmpty() || execute(pending.toString());
  }

  /// @return false when the session is over
  private boolean execute(String statement) throws IOException, CommandFailed {
    String trimmed = statement.strip();
    if (trimmed.startsWith("%load ")) {
      return run(StellarCommand.read(trimmed.substring(6).strip()));
    }
    Session.Reply reply = session.execute(statement);
    if (!reply.text().isEmpty()) {
      (reply.kind() == Session.Reply.Kind.FAILURE ? err : out).println(reply.text());
    }
    anyFailed |= reply.kind() == Session.Reply.Kind.FAILURE;
    return reply.kind() != Session.Reply.Kind.END;
  }
}
