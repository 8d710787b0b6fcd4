package metron.pipeline;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.query.Query;
import metron.storage.EventStore;
import metron.storage.SearchRequest;
import metron.storage.SearchResult;

/// An [EventStore] in memory with the same promises: what was not committed is lost by [#crash], positions included, and
/// what is at or before a position is passed over.
public final class FakeEventStore implements EventStore {
  private final List<Event> durable = new ArrayList<>();
  private final Map<String, long[]> durablePositions = new HashMap<>();
  private List<Event> written = new ArrayList<>();
  private Map<String, long[]> positions = new HashMap<>();
  private int failures;
  private int generation;

  /// As if the process died: what was not committed is gone and all writers are dead.
  public synchronized void crash() {
    generation++;
    written = new ArrayList<>();
    positions = new HashMap<>(durablePositions);
  }

  /// Makes the next writes fail.
  public synchronized void failNext(int writes) {
    failures = writes;
  }

  public synchronized List<Event> durable() {
    return List.copyOf(durable);
  }

  public synchronized List<String> messages() {
    List<String> messages = new ArrayList<>();
    for (Event event : durable) {
      messages.add(event.string(Ecs.MESSAGE));
    }
    for (Event event : written) {
      messages.add(event.string(Ecs.MESSAGE));
    }
    return messages;
  }

  @Override
  public synchronized Writer writer() {
    int mine = generation;
    return new Writer() {
      @Override
      public void write(List<Positioned> batch) throws IOException {
        FakeEventStore.this.write(mine, batch);
      }

      @Override
      public void commit() throws IOException {
        FakeEventStore.this.commit(mine);
      }
    };
  }

  private synchronized void write(int writer, List<Positioned> batch) throws IOException {
    check(writer);
    if (failures > 0) {
      failures--;
      crash();
      throw new IOException("the fake disk is full");
    }
    for (Positioned one : batch) {
      long[] at = {one.offset(), one.index()};
      long[] last = positions.get(one.topic() + one.partition());
      if (last != null && (at[0] < last[0] || (at[0] == last[0] && at[1] <= last[1]))) {
        continue;
      }
      positions.put(one.topic() + one.partition(), at);
      written.add(one.event().copy());
    }
  }

  private synchronized void commit(int writer) throws IOException {
    check(writer);
    durable.addAll(written);
    written.clear();
    durablePositions.putAll(positions);
  }

  private void check(int writer) throws IOException {
    if (writer != generation) {
      throw new IOException("this writer is dead: an earlier write failed");
    }
  }

  @Override
  public synchronized List<Position> positions() {
    List<Position> all = new ArrayList<>();
    durablePositions.forEach(
        (key, at) ->
            all.add(
                new Position(
                    key.substring(0, key.length() - 1),
                    key.charAt(key.length() - 1) - '0',
                    at[0],
                    0)));
    return all;
  }

  @Override
  public synchronized void forget(String topic) {
    durablePositions.keySet().removeIf(key -> key.startsWith(topic));
    positions.keySet().removeIf(key -> key.startsWith(topic));
  }

  @Override
  public void refresh() {}

  @Override
  public SearchResult search(SearchRequest request) {
    throw new UnsupportedOperationException("the fake does not search");
  }

  @Override
  public Optional<Event> get(String eventId) {
    return Optional.empty();
  }

  @Override
  public List<SearchResult.Count> suggest(String field, String prefix, Query query, int size) {
    return List.of();
  }

  @Override
  public List<SearchResult.Count> fields() {
    return List.of();
  }

  @Override
  public int retain(Instant olderThan, long maxBytes) {
    return 0;
  }

  @Override
  public synchronized Status status() {
    return new Status(durable.size(), 0, 0, null);
  }

  @Override
  public void close() {}
}
