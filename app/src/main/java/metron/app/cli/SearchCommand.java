package metron.app.cli;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `metron search`.
@Command(
    name = "search",
    description = {
      "Search the events of a running Metron, newest first.",
      "Example: metron search 'source.ip:10.0.0.0/8 AND dns.question.name:*.zip' --from now-24h"
    })
final class SearchCommand extends StreamedCommand {
  private static final int PAGE = 1000;

  @Mixin private DataOption data = new DataOption();

  @Parameters(paramLabel = "QUERY", description = "Lucene-style search text.")
  private String query = "";

  @Option(names = "--from", description = "Earliest time: ISO 8601 or now-24h.")
  private @Nullable String from;

  @Option(names = "--to", description = "Latest time, excluded.")
  private @Nullable String to;

  @Option(
      names = "--size",
      defaultValue = "50",
      description = "Most events (default 50; 0 counts).")
  private int size;

  @Option(names = "--json", description = "Events as JSON, one a line; flat ECS names.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (size < 0) {
      throw CommandFailed.wrongUse("--size is " + size + ", expected 0 or more");
    }
    try (LocalApi api = LocalApi.of(data.directory())) {
      int left = size;
      String cursor = null;
      long total;
      do {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        body.put("query", query);
        if (from != null) {
          body.put("from", from);
        }
        if (to != null) {
          body.put("to", to);
        }
        if (cursor != null) {
          body.put("cursor", cursor);
        }
        body.put("size", Math.min(left, PAGE));
        JsonNode answer = api.json("POST", "/api/v1/events/search", body);
        total = answer.path("total").asLong();
        for (JsonNode hit : answer.path("hits")) {
          out.println(json ? hit.path("event").toString() : line(hit.path("event")));
          left--;
        }
        cursor = answer.path("next").asString("");
      } while (left > 0 && !cursor.isEmpty());
      if (!json) {
        err.println(String.format(Locale.ROOT, "%,d found", total));
      } else if (size == 0) {
        out.println("{\"total\":" + total + "}");
      }
    }
    return 0;
  }

  private static String line(JsonNode event) {
    StringBuilder text = new StringBuilder(event.path("@timestamp").asString(""));
    text.append("  ").append(event.path("metron.sensor").asString("-"));
    end(text.append("  "), event, "source");
    end(text.append(" > "), event, "destination");
    String said =
        event
            .path("event.reason")
            .asString(event.path("message").asString(event.path("event.original").asString("")));
    return text.append("  ")
        .append(said.length() > 160 ? said.substring(0, 160) + "…" : said)
        .toString();
  }

  private static void end(StringBuilder text, JsonNode event, String side) {
    text.append(event.path(side + ".ip").asString("-"));
    if (event.has(side + ".port")) {
      text.append(':').append(event.path(side + ".port").asString(""));
    }
  }
}
