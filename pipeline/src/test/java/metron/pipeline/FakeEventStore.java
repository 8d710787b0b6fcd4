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
import org.jspecify.annotations.Nullable;

/// An [EventStore] in memory with the same promises: what was not committed is lost by [#crash], positions included, and
/// what is at or before a position is passed over.
public final class FakeEventStore implements EventStore {
  private final List<Event> durable = new ArrayList<>();
  private final Map<String, long[]> durablePositions = new HashMap<>();
  private List<Event> written = new ArrayList<>();
  private Map<String, long[]> positions = new HashMap<>();
  private @Nullable String refused;
  private @Nullable String indigestible;
  private boolean namesThem;
  private int failedWrites;
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

  /// Refuses each event whose message has the text, when asked beforehand.
  public synchronized void refuse(String text) {
    refused = text;
  }

  /// Chokes on each event whose message has the text, though it did not refuse it.
  ///
  /// @param naming whether it says which one it was
  public synchronized void chokeOn(String text, boolean naming) {
    indigestible = text;
    namesThem = naming;
  }

  /// How often a write failed.
  public synchronized int failedWrites() {
    return failedWrites;
  }

  @Override
  public synchronized @Nullable String refusal(Event event) {
    String message = String.valueOf(event.string(Ecs.MESSAGE));
    return refused != null && message.contains(refused)
        ? "message is '" + message + "', expected none with '" + refused + "'"
        : null;
  }

  private void choke(List<Positioned> batch) {
    List<RefusedException.Refusal> refusals = new ArrayList<>();
    for (Positioned one : batch) {
      String message = String.valueOf(one.event().string(Ecs.MESSAGE));
      if (indigestible != null && message.contains(indigestible)) {
        refusals.add(
            new RefusedException.Refusal(
                one.topic(), one.partition(), one.offset(), "it is indigestible"));
      }
    }
    if (!refusals.isEmpty()) {
      failedWrites++;
      crash();
      throw namesThem
          ? new RefusedException(refusals, null)
          : new IllegalArgumentException("something is indigestible");
    }
  }

  private synchronized void write(int writer, List<Positioned> batch) throws IOException {
    check(writer);
    choke(batch);
    if (failures > 0) {
      failures--;
      failedWrites++;
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
