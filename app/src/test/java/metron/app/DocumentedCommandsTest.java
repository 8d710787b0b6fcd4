package metron.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import metron.app.cli.Commands;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// Every `bin/metron …` that the documentation shows is a command, with options that it takes.
///
/// A line of an `sh` block is parsed as a whole; in running text, where placeholders stand, the command and the names of its
/// options are looked up.
class DocumentedCommandsTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final List<String> SCRIPTS = List.of("test", "bench", "fuzz", "soak", "build");
  private static final Pattern INLINE =
      Pattern.compile("`([A-Z_]+=\\S+ )?(?:bin/)?metron ([^`]+)`");
  private static final Pattern SHELL = Pattern.compile("(?:^|[|;&]\\s*|\\s)bin/metron ([^|;&]*)");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

  private final CommandLine commands = commands();

  private static CommandLine commands() {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    var root = new Commands(InputStream.nullInputStream(), nowhere, nowhere);
    return new CommandLine(
        root, new Commands.Factory(InputStream.nullInputStream(), nowhere, nowhere));
  }

  private static List<Path> documents() throws IOException {
    List<Path> out = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    out.add(ROOT.resolve("CONTRIBUTING.md"));
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      docs.filter(f -> f.toString().endsWith(".md")).sorted().forEach(out::add);
    }
    return out;
  }

  private static List<String> words(String line) {
    List<String> out = new ArrayList<>();
    Matcher word = WORD.matcher(line.replaceAll("(^|\\s)#.*", "").replaceAll("\\\\$", ""));
    while (word.find()) {
      String quoted = word.group(1) == null ? word.group(2) : word.group(1);
      out.add(quoted == null ? word.group(3) : quoted);
    }
    return out;
  }

  @Test
  void everyCommandThatTheDocumentationShowsIsThere() throws IOException {
    var wrong = new TreeMap<String, String>();
    int shown = 0;
    for (Path document : documents()) {
      boolean shell = false;
      int number = 0;
      for (String line : Files.readAllLines(document)) {
        number++;
        if (line.startsWith("```")) {
          shell = line.equals("```sh");
          continue;
        }
        String where = ROOT.relativize(document) + ":" + number;
        Matcher found = shell ? SHELL.matcher(line.replaceAll("\\s#.*", "")) : INLINE.matcher(line);
        while (found.find()) {
          shown++;
          List<String> words = words(found.group(shell ? 1 : 2));
          String fault = shell ? parsed(words) : known(words);
          if (fault != null) {
            wrong.put(where + " " + found.group().strip(), fault);
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(shown).isGreaterThan(20);
  }

  /// What is wrong with a whole line of a shell; null: nothing.
  private String parsed(List<String> words) {
    if (!words.isEmpty() && SCRIPTS.contains(words.getFirst())) {
      return null;
    }
    try {
      commands.parseArgs(words.toArray(String[]::new));
      return null;
    } catch (CommandLine.ParameterException e) {
      return e.getMessage();
    }
  }

  /// What is wrong with a command in running text, where upper case, brackets and dots stand for what a person puts in.
  private String known(List<String> words) {
    CommandLine command = commands;
    List<String> path = new ArrayList<>();
    for (String word : words) {
      String name = word.replaceAll("[\\[\\],]", "");
      if (path.isEmpty() && SCRIPTS.contains(name)) {
        return null;
      }
      CommandLine next = command.getSubcommands().get(name);
      if (next != null) {
        command = next;
        path.add(name);
      } else if (path.isEmpty()) {
        return "there is no command " + name;
      } else if (name.startsWith("--")
          && command.getCommandSpec().findOption(name.split("=")[0]) == null) {
        return "metron " + String.join(" ", path) + " has no option " + name;
      }
    }
    return null;
  }
}
