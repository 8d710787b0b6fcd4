package metron.server.alert;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import metron.event.Ecs;
import metron.event.Event;
import metron.storage.Alert;
import org.jspecify.annotations.Nullable;

/// An alert, whole.
///
/// @param version must be named by a change, as `If-Match: "version"`
/// @param assignee absent: nobody
public record AlertView(
    Event event,
    long version,
    Alert.Status status,
    @Nullable String assignee,
    List<AlertComment> comments,
    List<AlertChange> history,
    List<ContributionView> contributions) {
  public record AlertComment(String id, String author, Instant at, String text) {}

  /// @param what `status`, `assignee`, `comment` or `comment-removed`
  public record AlertChange(
      Instant at, String who, String what, @Nullable String from, @Nullable String to) {}

  /// One thing that makes the event suspicious.
  ///
  /// @param kind what found it, such as `indicator` or `ids`
  /// @param score 0 to 100
  public record ContributionView(String kind, String name, String reason, double score) {}

  static AlertView of(Alert alert) {
    return new AlertView(
        alert.event(),
        alert.version(),
        alert.status(),
        alert.assignee(),
        alert.comments().stream()
            .map(c -> new AlertComment(c.id(), c.author(), c.at(), c.text()))
            .toList(),
        alert.history().stream()
            .map(c -> new AlertChange(c.at(), c.who(), c.what(), c.from(), c.to()))
            .toList(),
        contributions(alert.event()));
  }

  /// The event keeps its contributions as four lists side by side.
  private static List<ContributionView> contributions(Event event) {
    List<Object> names = event.values(Ecs.METRON_CONTRIBUTIONS_NAME);
    List<Object> kinds = event.values(Ecs.METRON_CONTRIBUTIONS_KIND);
    List<Object> reasons = event.values(Ecs.METRON_CONTRIBUTIONS_REASON);
    List<Object> scores = event.values(Ecs.METRON_CONTRIBUTIONS_SCORE);
    List<ContributionView> out = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      out.add(
          new ContributionView(
              text(kinds, i).toLowerCase(Locale.ROOT),
              text(names, i),
              text(reasons, i),
              i < scores.size() && scores.get(i) instanceof Number n ? n.doubleValue() : 0));
    }
    return out;
  }

  private static String text(List<Object> values, int i) {
    return i < values.size() ? values.get(i).toString() : "";
  }
}
