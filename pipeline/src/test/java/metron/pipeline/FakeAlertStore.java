package metron.pipeline;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.query.Query;
import metron.storage.Alert;
import metron.storage.AlertStore;
import metron.storage.SearchRequest;
import metron.storage.SearchResult;

/// Alerts by id, in memory.
public final class FakeAlertStore implements AlertStore {
  private final Map<String, Event> alerts = new LinkedHashMap<>();

  @Override
  public synchronized void add(List<Event> added) {
    for (Event event : added) {
      alerts.putIfAbsent(event.string(Ecs.EVENT_ID), event.copy());
    }
  }

  @Override
  public void commit() {}

  @Override
  public void refresh() {}

  @Override
  public Optional<Alert> get(String id) {
    return Optional.empty();
  }

  @Override
  public SearchResult search(SearchRequest request) {
    throw new UnsupportedOperationException("the fake does not search");
  }

  @Override
  public List<SearchResult.Count> suggest(String field, String prefix, Query query, int size) {
    return List.of();
  }

  @Override
  public List<Outcome> edit(List<Request> requests, String who, Instant at) {
    throw new UnsupportedOperationException("the fake takes no edits");
  }

  @Override
  public Runnable subscribe(Consumer<Alert> listener) {
    return () -> {};
  }

  @Override
  public synchronized long count() {
    return alerts.size();
  }

  @Override
  public long retain(Instant olderThan) {
    return 0;
  }

  @Override
  public void close() {}
}
