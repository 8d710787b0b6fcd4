package metron.server.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import metron.event.FieldCatalogue;
import metron.event.FieldType;
import metron.event.query.QueryParser;
import metron.event.query.QuerySyntaxException;
import metron.server.http.Problem;
import metron.storage.AlertStore;
import metron.storage.EventStore;
import metron.storage.SearchResult;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What a person who types a query needs: names, values, and whether it can be read so far.
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
final class FieldsController {
  /// Which documents the values are taken from.
  enum Index {
    EVENTS,
    ALERTS
  }

  record QueryBody(String query) {}

  private final EventStore events;
  private final AlertStore alerts;

  FieldsController(EventStore events, AlertStore alerts) {
    this.events = events;
    this.alerts = alerts;
  }

  @PostMapping("/query/check")
  QueryCheck checkQuery(@RequestBody QueryBody body) {
    try {
      QueryParser.parse(body.query());
      return new QueryCheck(true, null);
    } catch (QuerySyntaxException e) {
      return new QueryCheck(
          false,
          new QueryCheck.QueryError(
              Objects.requireNonNullElse(e.getMessage(), "not a query"),
              e.column(),
              e.length(),
              e.expected(),
              e.suggestion()));
    }
  }

  /// Fields that events have first, most used first; then those that could be, by name.
  @GetMapping("/fields")
  List<FieldView> listFields(
      @RequestParam(defaultValue = "") String prefix, @RequestParam @Nullable Integer size)
      throws IOException {
    int wanted = Search.bounded("size", size, 1, 10_000, 10_000);
    Map<String, Long> documents = new HashMap<>();
    for (SearchResult.Count c : events.fields()) {
      documents.put(c.value(), c.count());
    }
    var catalogue = FieldCatalogue.get();
    Map<String, FieldView> views = new HashMap<>();
    for (FieldCatalogue.Entry e : catalogue.all()) {
      String name = e.field().name();
      if (name.startsWith(prefix)) {
        views.put(
            name,
            new FieldView(
                name,
                e.field().type(),
                e.description(),
                e.level(),
                documents.getOrDefault(name, 0L)));
      }
    }
    documents.forEach(
        (name, count) -> {
          if (name.startsWith(prefix)) {
            views.putIfAbsent(name, new FieldView(name, FieldType.STRING, "", "other", count));
          }
        });
    List<FieldView> sorted = new ArrayList<>(views.values());
    sorted.sort(
        Comparator.comparingLong(FieldView::documents).reversed().thenComparing(FieldView::name));
    return sorted.size() > wanted ? sorted.subList(0, wanted) : sorted;
  }

  @GetMapping("/fields/{name}/values")
  List<SearchAnswer.ValueCount> listFieldValues(
      @PathVariable String name,
      @RequestParam(defaultValue = "") String prefix,
      @RequestParam(defaultValue = "events") Index index,
      @RequestParam(defaultValue = "") String query,
      @RequestParam @Nullable Integer size)
      throws IOException {
    String field = Search.fieldName("name", name);
    int wanted = Search.bounded("size", size, 1, 1000, 10);
    var tree = Search.query(query);
    try {
      return Search.counts(
          switch (index) {
            case EVENTS -> events.suggest(field, prefix, tree, wanted);
            case ALERTS -> alerts.suggest(field, prefix, tree, wanted);
          });
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(
              e.getMessage() == null ? "this field has no values to list" : e.getMessage())
          .exception();
    }
  }
}
