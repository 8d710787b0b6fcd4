package metron.app.cli;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `metron intel load` and `metron intel list`.
@Command(
    name = "intel",
    description = "Threat indicators: load lists of them, see what is loaded.",
    synopsisSubcommandLabel = "(load | list)",
    subcommands = {IntelCommand.Load.class, IntelCommand.Listing.class})
final class IntelCommand extends StreamedCommand {
  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (spec != null) {
      spec.commandLine().usage(err);
    }
    return 2;
  }

  /// Sends a list to the running Metron.
  @Command(
      name = "load",
      description = {
        "Load a list of indicators: CSV (also abuse.ch, MISP, OTX), one value a line, hosts file.",
        "They are live in the stream within a second."
      })
  static final class Load extends StreamedCommand {
    @Mixin private DataOption data = new DataOption();

    @Parameters(
        paramLabel = "FILE",
        description = "A file, plain, gzip or zstd; - for standard input.")
    private String file = "";

    @Option(names = "--source", description = "Name of the list (default: the file's name).")
    private @Nullable String source;

    @Override
    public Integer call() throws Exception {
      String name = source != null ? source : sourceOf(file);
      try (LocalApi api = LocalApi.of(data.directory());
          InputFile input = InputFile.open(file, in)) {
        JsonNode answer =
            api.send(
                "POST",
                "/api/v1/intel/indicators?source="
                    + URLEncoder.encode(name, StandardCharsets.UTF_8),
                "text/csv",
                HttpRequest.BodyPublishers.ofInputStream(input::stream));
        for (JsonNode rejected : answer.path("rejected")) {
          err.println(
              file
                  + ":"
                  + rejected.path("line").asLong()
                  + ": "
                  + rejected.path("reason").asString());
        }
        out.println(
            String.format(
                Locale.ROOT,
                "%,d indicators of %s are live",
                answer.path("loaded").asLong(),
                name));
      }
      return 0;
    }

    private static String sourceOf(String file) {
      if (file.equals("-")) {
        return "command line";
      }
      String name = file.substring(file.lastIndexOf('/') + 1);
      int dot = name.indexOf('.');
      return dot > 0 ? name.substring(0, dot) : name;
    }
  }

  /// Shows what is loaded.
  @Command(name = "list", description = "List loaded indicators, by value.")
  static final class Listing extends StreamedCommand {
    @Mixin private DataOption data = new DataOption();

    @Parameters(
        arity = "0..1",
        paramLabel = "PREFIX",
        defaultValue = "",
        description = "What the values start with.")
    private String prefix = "";

    @Option(names = "--size", defaultValue = "100", description = "Most indicators (default 100).")
    private int size;

    @Option(names = "--json", description = "As a JSON array.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
      try (LocalApi api = LocalApi.of(data.directory())) {
        JsonNode answer =
            api.get(
                "/api/v1/intel/indicators?size="
                    + size
                    + "&prefix="
                    + URLEncoder.encode(prefix, StandardCharsets.UTF_8));
        JsonNode list = answer.isArray() ? answer : answer.path("items");
        if (json) {
          out.println(list);
          return 0;
        }
        for (JsonNode indicator : list) {
          out.println(
              String.format(
                  Locale.ROOT,
                  "%-40s %-14s %s",
                  indicator.path("value").asString(),
                  indicator.path("type").asString(),
                  indicator.path("source").asString()));
        }
      }
      return 0;
    }
  }
}
