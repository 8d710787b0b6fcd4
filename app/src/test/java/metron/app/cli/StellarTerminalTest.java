package metron.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import metron.stellar.Stellar;
import metron.stellar.shell.Session;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What keys do in a session: a terminal over streams, as JLine has for remote ones.
class StellarTerminalTest {
  private static final String UP = "\u001bOA";
  private static final String CONTROL_D = "\u0004";

  @TempDir Path directory;

  private final Session session = new Session(Stellar.standard(), new LinkedHashMap<>());
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private volatile boolean over;

  /// @return the statements that the keys came to
  private List<String> type(String keys) throws IOException {
    List<String> statements = new ArrayList<>();
    over = false;
    screen.reset();
    try (Terminal terminal =
        TerminalBuilder.builder()
            .system(false)
            .type("xterm")
            .encoding(StandardCharsets.UTF_8)
            .streams(new Keys(keys + CONTROL_D), screen)
            .build()) {
      terminal.setSize(Size.of(120, 40));
      new StellarTerminal(session)
          .run(
              terminal,
              directory.resolve("history"),
              statement -> {
                statements.add(statement);
                return session.execute(statement).kind() != Session.Reply.Kind.END;
              });
      over = true;
    }
    return statements;
  }

  /// Keys of somebody who waits for the prompt before typing: JLine takes what comes earlier for the
  /// terminal's answers to its questions.
  private final class Keys extends InputStream {
    private final ByteArrayInputStream keys;
    private boolean prompted;

    Keys(String keys) {
      this.keys = new ByteArrayInputStream(keys.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int read() {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (!prompted && System.nanoTime() < deadline) {
        prompted = screen.toString(StandardCharsets.UTF_8).contains("stellar > ");
        Thread.onSpinWait();
      }
      int key = keys.read();
      // The end of the stream would hang up before the last keys are looked at.
      while (key < 0 && !over && System.nanoTime() < deadline) {
        Thread.onSpinWait();
      }
      return key;
    }

    @Override
    public int read(byte[] to, int at, int length) {
      int key = read();
      if (key < 0) {
        return -1;
      }
      to[at] = (byte) key;
      return 1;
    }
  }

  @Test
  void tabCompletesFunctionsVariablesAndCommands() throws IOException {
    assertThat(
            type("TO_UPP\t('a')\r" + "a_long_name := 1\r" + "a_lo\t\r" + "?TO_UPP\t\r" + "%he\t\r"))
        .extracting(String::strip)
        .containsExactly("TO_UPPER ('a')", "a_long_name := 1", "a_long_name", "?TO_UPPER", "%help");
  }

  @Test
  void aStatementGoesOnWhileABracketOrAStringIsOpen() throws IOException {
    assertThat(type("[1,\r2]\r" + "'a\rb'\r" + "3\r")).containsExactly("[1,\n2]", "'a\nb'", "3");
    assertThat(screen.toString(StandardCharsets.UTF_8)).contains("... ");
  }

  @Test
  void coloursWordsByTheirKind() throws IOException {
    type("if TRIM(x) == 'a' then 12 else 3\r");
    assertThat(screen.toString(StandardCharsets.UTF_8))
        .contains("\u001b[34m", "\u001b[36m", "\u001b[32m", "\u001b[1m");
  }

  @Test
  void remembersLinesOverSessions() throws IOException {
    assertThat(type("1 + 1\r" + "2 + 2\r")).hasSize(2);
    assertThat(Files.readString(directory.resolve("history"))).contains("1 + 1");
    assertThat(type(UP + UP + "\r")).containsExactly("1 + 1");
  }

  @Test
  void controlCGivesTheLineUpAndQuitEndsTheSession() throws IOException {
    assertThat(type("1 + 2\u0003" + "5\r" + "quit\r" + "6\r")).containsExactly("5", "quit");
  }
}
