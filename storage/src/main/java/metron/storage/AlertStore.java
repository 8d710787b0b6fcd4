package metron.storage;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import metron.event.Event;
import metron.event.query.Query;

/// Alerts and their state. Searches see the fields of the event and `alert.status`, `alert.assignee`, `alert.version`.
public interface AlertStore extends AutoCloseable {
  /// What a person does to an alert.
  sealed interface Edit {
    record SetStatus(Alert.Status status) implements Edit {}

    /// @param assignee empty: nobody
    record Assign(Optional<String> assignee) implements Edit {}

    record AddComment(String text) implements Edit {}

    record RemoveComment(String commentId) implements Edit {}
  }

  /// The alert was changed by somebody else in the meantime.
  final class Conflict extends Exception {
    private static final long serialVersionUID = 1;

    public Conflict(String id, long expected, long found) {
      super(
          "alert "
              + id
              + " is at version "
              + found
              + ", the change was made on "
              + expected
              + ": load it again and repeat the change");
    }
  }

  /// Adds alerts; one that is there already keeps its state. Not durable before [#commit].
  void add(List<Event> alerts) throws IOException;

  void commit() throws IOException;

  Optional<Alert> get(String id) throws IOException;

  /// Hits are events that carry the `alert.*` fields beside their own.
  SearchResult search(SearchRequest request) throws IOException;

  List<SearchResult.Count> suggest(String field, String prefix, Query query, int size)
      throws IOException;

  /// Applies one edit, durable when it returns.
  ///
  /// @throws Conflict if the alert is not at `version`
  /// @throws java.util.NoSuchElementException if there is no such alert (or comment)
  Alert edit(String id, long version, Edit edit, String who, Instant at)
      throws IOException, Conflict;

  /// Called for each new or changed alert, after it is visible; on the store's thread, so it must not block.
  ///
  /// @return ends the subscription
  Runnable subscribe(Consumer<Alert> listener);

  @Override
  void close() throws IOException;
}
