package metron.app.cli;

import java.time.Duration;
import java.util.Locale;
import metron.app.start.DataDirectory;
import metron.app.start.DirectoryLock;
import metron.app.start.RunFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// `metron status`: exit code 0 when it runs and is well, else 1.
@Command(
    name = "status",
    description = "Say whether Metron runs in the data directory, and how it is.")
final class StatusCommand extends StreamedCommand {
  @Mixin private DataOption data = new DataOption();

  @Option(names = "--json", description = "The answer of GET /api/v1/health.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    DataDirectory directory = data.directory();
    RunFile running =
        DirectoryLock.isTaken(directory) ? RunFile.read(directory).orElse(null) : null;
    if (running == null) {
      boolean starting = DirectoryLock.isTaken(directory);
      String state = starting ? "starting" : "stopped";
      out.println(json ? "{\"status\":\"" + state + "\"}" : state + " (" + directory.root() + ")");
      return 1;
    }
    JsonNode health;
    try (LocalApi api = LocalApi.of(directory)) {
      health = api.get("/api/v1/health");
    }
    String status = health.path("status").asString();
    if (json) {
      out.println(health);
      return status.equals("ok") ? 0 : 1;
    }
    out.println(
        status
            + ", "
            + running.console()
            + ", process "
            + running.pid()
            + ", up "
            + Duration.ofSeconds(health.path("uptimeSeconds").asLong())
                .toString()
                .substring(2)
                .toLowerCase(Locale.ROOT));
    for (JsonNode part : health.path("parts")) {
      String reason = part.path("reason").asString("");
      out.println(
          String.format(
              Locale.ROOT,
              "  %-14s %-9s %s",
              part.path("name").asString(),
              part.path("status").asString(),
              reason));
    }
    JsonNode ledger = health.path("ledger");
    out.println(
        String.format(
            Locale.ROOT,
            "  received %,d = indexed %,d + filtered %,d + dead letters %,d + waiting %,d",
            ledger.path("received").asLong(),
            ledger.path("indexed").asLong(),
            ledger.path("filtered").asLong(),
            ledger.path("deadLetters").asLong(),
            ledger.path("waiting").asLong()));
    return status.equals("ok") ? 0 : 1;
  }
}
