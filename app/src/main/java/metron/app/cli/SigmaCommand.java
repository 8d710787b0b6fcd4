package metron.app.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import metron.config.Fault;
import metron.config.Faults;
import metron.detection.sigma.LogSource;
import metron.detection.sigma.RawEvents;
import metron.detection.sigma.SigmaEngine;
import metron.detection.sigma.SigmaReader;
import metron.detection.sigma.SigmaRule;
import metron.detection.sigma.SourceMap;
import metron.event.Event;
import metron.event.json.EventJson;
import metron.event.json.JsonException;
import metron.expression.EventVariables;
import metron.stellar.program.Variables;
import metron.stellar.shell.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `metron sigma`. What `check --json` and `test` print is an interface that people script against: see
/// `docs/reference/command-line.md`.
@Command(
    name = "sigma",
    description = "Check, try, import and list Sigma rules.",
    subcommands = {
      SigmaCommand.Check.class,
      SigmaCommand.Test.class,
      SigmaCommand.Import.class,
      SigmaCommand.ListRules.class
    })
final class SigmaCommand extends StreamedCommand {
  @Override
  public Integer call() throws CommandFailed {
    throw CommandFailed.wrongUse("expected one of check, test, import, list");
  }

  /// Rules that were read, and what could not be.
  private record Loaded(List<SigmaRule> rules, List<Fault> faults) {}

  private static Loaded load(Path folder, SourceMap sources) throws IOException, CommandFailed {
    if (!Files.exists(folder)) {
      throw CommandFailed.failed("there is no folder or file " + folder);
    }
    Faults faults = new Faults();
    SigmaReader reader = new SigmaReader(sources.placeholders(), faults);
    List<SigmaRule> rules = new ArrayList<>();
    for (Path file : files(folder)) {
      String name = file.equals(folder) ? file.toString() : folder.relativize(file).toString();
      try {
        rules.addAll(reader.read(name, Files.readString(file)));
      } catch (java.nio.charset.CharacterCodingException _) {
        faults.add(name, "the file is not UTF-8 text");
      }
    }
    return new Loaded(rules, faults.list());
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(f -> f.toString().endsWith(".yml") || f.toString().endsWith(".yaml"))
          .filter(f -> !f.endsWith("sigma/sources.yaml"))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      throw new IOException(folder + " can't be read: " + e.getMessage(), e);
    }
  }

  /// @param name `raw`, `ecs`, or a file
  private static SourceMap sources(String name) throws IOException, CommandFailed {
    switch (name) {
      case "raw" -> {
        return SourceMap.raw();
      }
      case "ecs" -> {
        return SourceMap.ecs();
      }
      default -> {
        if (!Files.isRegularFile(Path.of(name))) {
          throw CommandFailed.wrongUse(
              "--pipeline is '" + name + "', expected 'raw', 'ecs' or a file");
        }
        Faults faults = new Faults();
        SourceMap map = SourceMap.read(name, Files.readString(Path.of(name)), faults);
        if (!faults.isEmpty()) {
          throw CommandFailed.failed(
              String.join("\n", faults.list().stream().map(Fault::toString).toList()));
        }
        return map;
      }
    }
  }

  private static void print(PrintStream out, Loaded loaded, SourceMap sources, boolean json) {
    int inactive = 0;
    for (SigmaRule rule : loaded.rules()) {
      String why = rule.active() ? sources.inactive(rule) : rule.inactive();
      inactive += why.isEmpty() ? 0 : 1;
      if (json) {
        StringBuilder text = new StringBuilder();
        EventJson.quote(text.append("{\"id\":"), rule.id());
        EventJson.quote(text.append(",\"title\":"), rule.title());
        EventJson.quote(text.append(",\"file\":"), rule.file());
        text.append(",\"level\":\"")
            .append(rule.level().name().toLowerCase(java.util.Locale.ROOT))
            .append("\",\"state\":\"")
            .append(why.isEmpty() ? "loaded" : "inactive")
            .append('"');
        if (!why.isEmpty()) {
          EventJson.quote(text.append(",\"reason\":"), why);
        }
        out.println(text.append('}'));
      } else if (!why.isEmpty()) {
        out.println("inactive  " + rule.file() + ": " + rule.title() + ": " + why);
      }
    }
    for (Fault fault : loaded.faults()) {
      if (json) {
        StringBuilder text = new StringBuilder();
        EventJson.quote(text.append("{\"file\":"), fault.file());
        text.append(",\"line\":").append(fault.line()).append(",\"state\":\"error\"");
        EventJson.quote(text.append(",\"error\":"), fault.message());
        out.println(text.append('}'));
      } else {
        out.println("error     " + fault);
      }
    }
    if (!json) {
      out.println(
          (loaded.rules().size() - inactive)
              + " rules loaded, "
              + inactive
              + " inactive, "
              + loaded.faults().size()
              + " errors");
    }
  }

  /// `metron sigma check`.
  @Command(
      name = "check",
      description = {
        "Say of each rule whether it is loaded, inactive and why, or what is wrong with it.",
        "Exit code 1 when there is an error."
      })
  static final class Check extends StreamedCommand {
    @Parameters(paramLabel = "DIR", description = "A folder of rules, or one file.")
    private Path folder = Path.of(".");

    @Option(names = "--json", description = "Print one JSON object a rule or error.")
    private boolean json;

    @Option(
        names = "--pipeline",
        paramLabel = "NAME",
        defaultValue = "ecs",
        description = "ecs (Metron's events), raw (names of Sysmon and Sigma), or a file.")
    private String pipeline = "ecs";

    @Override
    public Integer call() throws Exception {
      SourceMap sources = sources(pipeline);
      Loaded loaded = load(folder, sources);
      print(out, loaded, sources, json);
      return loaded.faults().isEmpty() ? 0 : 1;
    }
  }

  /// `metron sigma list`.
  @Command(name = "list", description = "List the rules in conf/sigma of the data directory.")
  static final class ListRules extends StreamedCommand {
    @Mixin private DataOption data = new DataOption();

    @Option(names = "--json", description = "Print one JSON object a rule or error.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
      Path folder = data.directory().conf().resolve("sigma");
      if (!Files.isDirectory(folder)) {
        if (!json) {
          out.println("no rules; 'metron sigma import DIR' takes some in");
        }
        return 0;
      }
      Path own = folder.resolve("sources.yaml");
      SourceMap sources =
          Files.isRegularFile(own) ? sources(own.toString()).and(SourceMap.ecs()) : SourceMap.ecs();
      print(out, load(folder, sources), sources, json);
      return 0;
    }
  }

  /// `metron sigma import`.
  @Command(
      name = "import",
      description = {
        "Copy the rules of a folder to conf/sigma of the data directory; a running Metron takes",
        "them up within seconds. A file with an error is not copied."
      })
  static final class Import extends StreamedCommand {
    @Mixin private DataOption data = new DataOption();

    @Parameters(paramLabel = "DIR", description = "A folder of rules, or one file.")
    private Path folder = Path.of(".");

    @Override
    public Integer call() throws Exception {
      SourceMap sources = SourceMap.ecs();
      Path target = data.directory().conf().resolve("sigma");
      int copied = 0;
      int refused = 0;
      if (!Files.exists(folder)) {
        throw CommandFailed.failed("there is no folder or file " + folder);
      }
      for (Path file : files(folder)) {
        Loaded loaded = load(file, sources);
        if (!loaded.faults().isEmpty()) {
          loaded.faults().forEach(f -> err.println("not imported: " + f));
          refused++;
          continue;
        }
        Path name = file.equals(folder) ? file.getFileName() : folder.relativize(file);
        Path to = target.resolve(String.valueOf(name)).normalize();
        Files.createDirectories(to.toAbsolutePath().getParent());
        Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
        copied++;
      }
      out.println(copied + " files imported, " + refused + " refused");
      return refused == 0 ? 0 : 1;
    }
  }

  /// `metron sigma test`.
  @Command(
      name = "test",
      description = {
        "Print for each event a JSON array of the ids of all rules that match.",
        "An event is a JSON object a line; {\"logsource\": {...}, \"event\": {...}} says of which log",
        "source it is."
      })
  static final class Test extends StreamedCommand {
    @Option(
        names = "--rules",
        required = true,
        paramLabel = "DIR",
        description = "A folder of rules, or one file.")
    private Path folder = Path.of(".");

    @Option(
        names = "--pipeline",
        paramLabel = "NAME",
        defaultValue = "raw",
        description = {
          "raw: events in the names of Sysmon, winlogbeat, the Windows event log or Sigma;",
          "ecs: Metron's events, flat or nested; or a file."
        })
    private String pipeline = "raw";

    @Parameters(paramLabel = "EVENTS", description = "JSON lines; - for standard input.")
    private String file = "-";

    @Override
    public Integer call() throws Exception {
      SourceMap sources = sources(pipeline);
      Loaded loaded = load(folder, sources);
      loaded.faults().forEach(f -> err.println("error: " + f));
      Function<String, List<SigmaRule>> asked =
          pipeline.equals("ecs") ? events(loaded, sources) : maps(loaded, sources);
      boolean sound = true;
      try (InputFile input = InputFile.open(file, in)) {
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(input.stream(), StandardCharsets.UTF_8));
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          number++;
          if (line.isBlank()) {
            continue;
          }
          List<SigmaRule> matching = List.of();
          try {
            matching = asked.apply(line);
          } catch (IllegalArgumentException e) {
            sound = false;
            err.println("line " + number + " is no event: " + e.getMessage());
          }
          out.println(ids(matching));
        }
      }
      out.flush();
      return sound && loaded.faults().isEmpty() ? 0 : 1;
    }

    private static Function<String, List<SigmaRule>> events(Loaded loaded, SourceMap sources) {
      SigmaEngine.Session<Event> session =
          new SigmaEngine<>(loaded.rules(), sources, EventVariables.INSTANCE).session();
      return line -> {
        try {
          return session.matching(EventJson.read(line));
        } catch (JsonException e) {
          throw new IllegalArgumentException(e.getMessage(), e);
        }
      };
    }

    private static Function<String, List<SigmaRule>> maps(Loaded loaded, SourceMap sources) {
      SigmaEngine.Session<Map<String, ?>> session =
          new SigmaEngine<Map<String, ?>>(
                  loaded.rules(), sources, Variables.ofMap(Variables.Missing.NULL))
              .session();
      return line -> {
        if (!(Json.read(line) instanceof Map<?, ?> object)) {
          throw new IllegalArgumentException("found no JSON object");
        }
        if (object.get("event") instanceof Map<?, ?> event) {
          if (object.get("logsource") instanceof Map<?, ?> source) {
            return session.matching(
                RawEvents.flat(event),
                new LogSource(
                    text(source, "category"), text(source, "product"), text(source, "service")));
          }
          if (object.containsKey("n")) {
            return session.matching(RawEvents.flat(event));
          }
        }
        return session.matching(RawEvents.flat(object));
      };
    }

    private static String text(Map<?, ?> object, String key) {
      Object value = object.get(key);
      return value == null ? "" : value.toString();
    }

    private static String ids(List<SigmaRule> rules) {
      StringBuilder text = new StringBuilder("[");
      for (SigmaRule rule : rules) {
        EventJson.quote(text.append(text.length() == 1 ? "" : ","), rule.id());
      }
      return text.append(']').toString();
    }
  }
}
