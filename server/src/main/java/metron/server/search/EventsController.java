package metron.server.search;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import metron.event.query.Query;
import metron.server.account.Audit;
import metron.server.http.Excerpt;
import metron.server.http.Problem;
import metron.storage.EventStore;
import metron.storage.SearchRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/events", produces = MediaType.APPLICATION_JSON_VALUE)
final class EventsController {
  private static final List<String> COLUMNS =
      List.of(
          "@timestamp",
          "event.id",
          "metron.sensor",
          "event.kind",
          "event.category",
          "event.action",
          "event.outcome",
          "event.risk_score",
          "source.ip",
          "source.port",
          "destination.ip",
          "destination.port",
          "network.transport",
          "network.community_id",
          "user.name",
          "host.name",
          "url.original",
          "dns.question.name",
          "rule.name",
          "message");

  private final EventStore events;
  private final Search search;
  private final Audit audit;

  EventsController(EventStore events, Search search, Audit audit) {
    this.events = events;
    this.search = search;
    this.audit = audit;
  }

  @PostMapping("/search")
  SearchAnswer searchEvents(@RequestBody SearchBody body) throws IOException {
    return search.search(events::search, "events", body);
  }

  @GetMapping("/{id}")
  EventView getEvent(@PathVariable String id) throws IOException {
    return events
        .get(id)
        .map(EventView::new)
        .orElseThrow(
            () ->
                Problem.notFound(
                        "there is no event "
                            + Excerpt.of(id)
                            + ": it may be older than what is kept")
                    .exception());
  }

  @GetMapping(
      path = "/export",
      produces = {"text/csv", "application/x-ndjson"})
  void exportEvents(
      @RequestParam(defaultValue = "") String query,
      @RequestParam @Nullable String from,
      @RequestParam @Nullable String to,
      @RequestParam(defaultValue = "ndjson") Export.Format format,
      @RequestParam @Nullable String fields,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Query tree = Search.query(query);
    Instant start = search.moment("from", from);
    Instant end = search.moment("to", to);
    List<String> columns = columns(fields, format);
    var question =
        new SearchRequest(
            tree,
            start,
            end,
            SearchRequest.Sort.NEWEST_FIRST,
            0,
            null,
            List.of(),
            null,
            List.of(),
            false);
    // Asks once before the first byte: what the store refuses is still a problem then.
    long total = Search.ask(events::search, question).total();
    audit.record(
        request,
        "events.export",
        "events",
        "%d events as %s, query '%s', from %s to %s".formatted(total, format, query, start, end));
    String extension = format == Export.Format.CSV ? "csv" : "ndjson";
    response.setContentType(
        format == Export.Format.CSV ? "text/csv;charset=UTF-8" : "application/x-ndjson");
    response.setHeader("Content-Disposition", "attachment; filename=\"events." + extension + "\"");
    response.setHeader("Cache-Control", "no-store");
    Writer out =
        new BufferedWriter(
            new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8), 1 << 16);
    new Export(events::search).write(question, columns, format, out);
  }

  private static List<String> columns(@Nullable String fields, Export.Format format) {
    if (fields == null || fields.isBlank()) {
      return format == Export.Format.CSV ? COLUMNS : List.of();
    }
    List<String> out = new ArrayList<>();
    for (String field : fields.split(",", -1)) {
      if (!field.isBlank()) {
        out.add(Search.fieldName("fields", field.strip()));
      }
    }
    if (out.size() > 200) {
      throw Problem.badRequest("fields has " + out.size() + " names, the limit is 200").exception();
    }
    return out;
  }
}
