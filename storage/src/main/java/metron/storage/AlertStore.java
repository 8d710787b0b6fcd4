package metron.storage;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import metron.event.Event;
import metron.event.query.Query;
import org.jspecify.annotations.Nullable;

/// Alerts and their state. Searches see the fields of the event and `alert.status` (lower case), `alert.assignee`,
/// `alert.version`, `alert.comments` (how many) and `alert.changed` (when last).
public interface AlertStore extends AutoCloseable {
  /// What a person does to an alert.
  sealed interface Edit {
    record SetStatus(Alert.Status status) implements Edit {}

    /// @param assignee null: nobody
    record Assign(@Nullable String assignee) implements Edit {}

    record AddComment(String text) implements Edit {}

    record RemoveComment(String commentId) implements Edit {}
  }

  /// Edits of one alert that are done together or not at all; they make one new version.
  ///
  /// @param version the version that the person saw
  record Request(String id, long version, List<Edit> edits) {
    public Request {
      edits = List.copyOf(edits);
    }
  }

  /// What became of a [Request].
  sealed interface Outcome {
    record Changed(Alert alert) implements Outcome {}

    /// Somebody else changed it in the meantime; nothing was done.
    record Conflicted(String id, long expected, long found) implements Outcome {}

    /// @param what the alert or comment that does not exist
    record Missing(String id, String what) implements Outcome {}
  }

  /// The alert was changed by somebody else in the meantime.
  final class Conflict extends Exception {
    private static final long serialVersionUID = 1;
    private final long expected;
    private final long found;

    public Conflict(String id, long expected, long found) {
      super(
          "alert "
              + id
              + " is at version "
              + found
              + ", the change was made on "
              + expected
              + ": load it again and repeat the change");
      this.expected = expected;
      this.found = found;
    }

    public long expected() {
      return expected;
    }

    public long found() {
      return found;
    }
  }

  /// Adds alerts; one that is there already keeps its state. Not durable before [#commit].
  ///
  /// @throws IOException also if an earlier failure lost alerts that were not committed: the first call after it tells, so
  ///     that its caller starts again from what was committed
  /// @throws IllegalArgumentException if one of them can't be stored however often it comes, saying why
  void add(List<Event> alerts) throws IOException;

  void commit() throws IOException;

  /// Makes all that was added before the call visible to searches; the store does so by itself within two seconds.
  void refresh() throws IOException;

  Optional<Alert> get(String id) throws IOException;

  /// Hits are events that carry the `alert.*` fields beside their own. Failures are those of [EventStore#search].
  SearchResult search(SearchRequest request) throws IOException;

  List<SearchResult.Count> suggest(String field, String prefix, Query query, int size)
      throws IOException;

  /// Applies edits, each request by itself; one outcome for each, in order. Durable and visible when it returns, at the
  /// cost of one commit however many they are.
  List<Outcome> edit(List<Request> requests, String who, Instant at) throws IOException;

  /// Applies edits to one alert.
  ///
  /// @throws Conflict if the alert is not at `version`
  /// @throws NoSuchElementException if there is no such alert (or comment)
  default Alert edit(String id, long version, List<Edit> edits, String who, Instant at)
      throws IOException, Conflict {
    return switch (edit(List.of(new Request(id, version, edits)), who, at).getFirst()) {
      case Outcome.Changed(Alert alert) -> alert;
      case Outcome.Conflicted(String i, long expected, long found) ->
          throw new Conflict(i, expected, found);
      case Outcome.Missing(String i, String what) ->
          throw new NoSuchElementException(
              what.equals("alert") ? "there is no alert " + i : "alert " + i + " has no " + what);
    };
  }

  default Alert edit(String id, long version, Edit edit, String who, Instant at)
      throws IOException, Conflict {
    return edit(id, version, List.of(edit), who, at);
  }

  /// Called for each new or changed alert, after it is visible; on the store's thread, so it must not block.
  ///
  /// @return ends the subscription
  Runnable subscribe(Consumer<Alert> listener);

  /// Alerts visible to searches.
  long count() throws IOException;

  /// Deletes alerts of before `olderThan` that are resolved or dismissed.
  ///
  /// @return alerts deleted
  long retain(Instant olderThan) throws IOException;

  @Override
  void close() throws IOException;
}
