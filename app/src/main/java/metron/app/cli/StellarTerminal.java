package metron.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import metron.stellar.shell.Session;
import metron.stellar.syntax.Parser;
import org.jline.reader.Candidate;
import org.jline.reader.EOFError;
import org.jline.reader.EndOfFileException;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/// The Stellar session at a terminal: completion, highlighting, history over sessions, statements over several
/// lines while a bracket or a string is open.
final class StellarTerminal {
  private static final Pattern WORD =
      Pattern.compile("'[^']*'?|\"[^\"]*\"?|//.*|[A-Za-z_$][A-Za-z0-9_.:]*|[0-9][0-9.a-zA-Z]*");

  private final Session session;

  StellarTerminal(Session session) {
    this.session = session;
  }

  /// Reads statements until the end of the input or until a statement ends the session.
  ///
  /// @param execute runs a statement; false ends the session
  void run(Predicate<String> execute) throws IOException {
    try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
      run(terminal, Path.of(System.getProperty("user.home"), ".metron_stellar_history"), execute);
    }
  }

  /// The same at any terminal.
  ///
  /// @param history where lines are kept over sessions
  void run(Terminal terminal, Path history, Predicate<String> execute) {
    LineReader reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("metron stellar")
            .parser(new Statements())
            .completer((_, line, candidates) -> complete(line, candidates))
            .highlighter(new Colours())
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, "      ... ")
            .variable(LineReader.HISTORY_FILE, history)
            .build();
    while (true) {
      try {
        if (!execute.test(reader.readLine("stellar > "))) {
          return;
        }
      } catch (UserInterruptException _) {
        // Ctrl-C gives the line up, not the session.
      } catch (EndOfFileException _) {
        return;
      }
    }
  }

  private void complete(ParsedLine line, List<Candidate> candidates) {
    String word = line.word();
    String prefix = word.startsWith("?") ? "?" : "";
    String part = word.substring(prefix.length()).toUpperCase(Locale.ROOT);
    for (String name : session.words()) {
      if (name.toUpperCase(Locale.ROOT).startsWith(part)) {
        candidates.add(new Candidate(prefix + name));
      }
    }
    if (word.startsWith("%")) {
      for (String command : Session.COMMANDS) {
        candidates.add(new Candidate(command));
      }
    }
  }

  /// Ends a word at anything that is no part of a name, and asks for another line while a statement is open.
  private static final class Statements extends DefaultParser {
    Statements() {
      setQuoteChars(new char[0]);
      setEscapeChars(new char[0]);
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
      if (context == ParseContext.ACCEPT_LINE && Session.isOpen(line)) {
        throw new EOFError(-1, -1, "the statement goes on");
      }
      return super.parse(line, cursor, context);
    }

    @Override
    public boolean isDelimiterChar(CharSequence buffer, int position) {
      char c = buffer.charAt(position);
      return Character.isWhitespace(c) || "()[]{},+-*/<>=!&|'\"".indexOf(c) >= 0;
    }
  }

  private final class Colours implements Highlighter {
    @Override
    public AttributedString highlight(LineReader reader, String buffer) {
      AttributedStringBuilder text = new AttributedStringBuilder();
      Matcher words = WORD.matcher(buffer);
      int at = 0;
      while (words.find()) {
        text.append(buffer, at, words.start());
        text.styled(style(words.group()), words.group());
        at = words.end();
      }
      return text.append(buffer, at, buffer.length()).toAttributedString();
    }

    private AttributedStyle style(String word) {
      char first = word.charAt(0);
      if (first == '\'' || first == '"') {
        return AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);
      }
      if (first == '/') {
        return AttributedStyle.DEFAULT.faint();
      }
      if (Character.isDigit(first)) {
        return AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN);
      }
      if (session.isFunction(word)) {
        return AttributedStyle.DEFAULT.foreground(AttributedStyle.BLUE);
      }
      return Parser.keywords().contains(word.toLowerCase(Locale.ROOT))
          ? AttributedStyle.DEFAULT.bold()
          : AttributedStyle.DEFAULT;
    }
  }
}
