package metron.storage;

import java.time.Instant;
import java.util.List;
import metron.event.Event;
import org.jspecify.annotations.Nullable;

/// A suspicious event and what people have done about it.
///
/// @param event the event that made it, with its contributions; `event.id` is the alert's id
/// @param version counts changes, from 1; a change must name the version it was made on
/// @param history all changes, oldest first
public record Alert(
    Event event,
    long version,
    Status status,
    @Nullable String assignee,
    List<Comment> comments,
    List<Change> history) {
  public Alert {
    comments = List.copyOf(comments);
    history = List.copyOf(history);
  }

  public enum Status {
    NEW,
    OPEN,
    ESCALATED,
    RESOLVED,
    DISMISSED
  }

  /// @param id unique within the alert
  public record Comment(String id, String author, Instant at, String text) {}

  /// @param what `status`, `assignee`, `comment` or `comment-removed`
  public record Change(
      Instant at, String who, String what, @Nullable String from, @Nullable String to) {}
}
