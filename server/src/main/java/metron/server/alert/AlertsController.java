package metron.server.alert;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import metron.event.Event;
import metron.event.query.QueryPredicate;
import metron.server.account.Accounts;
import metron.server.account.Audit;
import metron.server.account.Caller;
import metron.server.http.Excerpt;
import metron.server.http.Moments;
import metron.server.http.Problem;
import metron.server.search.Search;
import metron.server.search.SearchAnswer;
import metron.server.search.SearchBody;
import metron.storage.AccountStore.Role;
import metron.storage.Alert;
import metron.storage.AlertStore;
import metron.storage.AlertStore.Edit;
import metron.storage.AlertStore.Outcome;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/alerts", produces = MediaType.APPLICATION_JSON_VALUE)
final class AlertsController {
  private static final int LONGEST_COMMENT = 20_000;
  private static final int MOST_IN_BULK = 1000;
  private static final Duration LONGEST_AROUND = Duration.ofDays(7);
  private static final Pattern ETAG = Pattern.compile("(?:W/)?\"(\\d{1,18})\"");

  /// What is absent stays as it is.
  ///
  /// @param assignee blank: nobody
  record AlertChangeBody(Alert.@Nullable Status status, @Nullable String assignee) {}

  record CommentBody(String text) {}

  /// @param version the version that was seen
  record AlertRef(String id, long version) {}

  /// The same change to many alerts; what is absent stays as it is.
  ///
  /// @param assignee blank: nobody
  /// @param comment added to each
  record BulkBody(
      List<AlertRef> ids,
      Alert.@Nullable Status status,
      @Nullable String assignee,
      @Nullable String comment) {}

  record BulkFailure(String id, Problem problem) {}

  /// @param changed with their new versions
  record BulkAnswer(List<AlertRef> changed, List<BulkFailure> failed) {}

  private final AlertStore alerts;
  private final Search search;
  private final RelatedEvents related;
  private final AlertStream stream;
  private final Accounts accounts;
  private final Audit audit;
  private final InstantSource clock;

  AlertsController(
      AlertStore alerts,
      Search search,
      RelatedEvents related,
      AlertStream stream,
      Accounts accounts,
      Audit audit,
      InstantSource clock) {
    this.alerts = alerts;
    this.search = search;
    this.related = related;
    this.stream = stream;
    this.accounts = accounts;
    this.audit = audit;
    this.clock = clock;
  }

  @PostMapping("/search")
  SearchAnswer searchAlerts(@RequestBody SearchBody body) throws IOException {
    return search.search(alerts::search, "alerts", body);
  }

  @GetMapping("/{id}")
  ResponseEntity<AlertView> getAlert(@PathVariable String id) throws IOException {
    return answer(find(id));
  }

  @GetMapping("/{id}/related")
  RelatedEvents.RelatedAnswer getRelatedEvents(
      @PathVariable String id,
      @RequestParam(defaultValue = "PT30M") String before,
      @RequestParam(defaultValue = "PT30M") String after)
      throws IOException {
    return related.around(
        find(id).event(),
        Moments.duration("before", before, LONGEST_AROUND),
        Moments.duration("after", after, LONGEST_AROUND));
  }

  @PatchMapping("/{id}")
  ResponseEntity<AlertView> changeAlert(
      @PathVariable String id,
      @RequestHeader(value = "If-Match", required = false) @Nullable String ifMatch,
      @RequestBody AlertChangeBody body,
      HttpServletRequest request)
      throws IOException {
    List<Edit> edits = edits(body.status(), body.assignee(), null);
    return edit(id, version(ifMatch), edits, request);
  }

  /// Without If-Match the comment is added whatever the version is: it takes nothing away from anybody.
  @PostMapping("/{id}/comments")
  ResponseEntity<AlertView> addComment(
      @PathVariable String id,
      @RequestHeader(value = "If-Match", required = false) @Nullable String ifMatch,
      @RequestBody CommentBody body,
      HttpServletRequest request)
      throws IOException {
    List<Edit> edits = edits(null, null, body.text());
    return ifMatch == null
        ? editNewest(id, edits, request)
        : edit(id, version(ifMatch), edits, request);
  }

  @DeleteMapping("/{id}/comments/{commentId}")
  ResponseEntity<AlertView> deleteComment(
      @PathVariable String id, @PathVariable String commentId, HttpServletRequest request)
      throws IOException {
    Caller caller = Caller.require();
    for (Alert.Comment c : find(id).comments()) {
      if (c.id().equals(commentId)
          && !c.author().equals(caller.name())
          && !caller.may(Role.ENGINEER)) {
        throw Problem.of(
                403,
                "not-yours",
                "This is somebody else's",
                "the comment is by " + c.author() + ": its author or an engineer can remove it")
            .exception();
      }
    }
    return editNewest(id, List.of(new Edit.RemoveComment(commentId)), request);
  }

  @PostMapping("/bulk")
  BulkAnswer changeAlerts(@RequestBody BulkBody body, HttpServletRequest request)
      throws IOException {
    if (body.ids().isEmpty() || body.ids().size() > MOST_IN_BULK) {
      throw Problem.badRequest(
              "ids has " + body.ids().size() + " alerts, expected 1 to " + MOST_IN_BULK)
          .exception();
    }
    List<Edit> edits = edits(body.status(), body.assignee(), body.comment());
    List<AlertStore.Request> requests = new ArrayList<>();
    for (AlertRef ref : body.ids()) {
      requests.add(new AlertStore.Request(ref.id(), ref.version(), edits));
    }
    List<AlertRef> changed = new ArrayList<>();
    List<BulkFailure> failed = new ArrayList<>();
    List<Outcome> outcomes = alerts.edit(requests, Caller.require().name(), clock.instant());
    for (int i = 0; i < outcomes.size(); i++) {
      String id = body.ids().get(i).id();
      switch (outcomes.get(i)) {
        case Outcome.Changed(Alert alert) -> {
          changed.add(new AlertRef(id, alert.version()));
          audit.record(request, "alert.change", id, text(edits));
        }
        case Outcome.Conflicted(String c, long expected, long found) ->
            failed.add(new BulkFailure(id, conflict(c, expected, found)));
        case Outcome.Missing(String m, String what) -> failed.add(new BulkFailure(id, missing(m)));
      }
    }
    return new BulkAnswer(changed, failed);
  }

  /// @param query only alerts that match
  /// @param last where the client was before it lost the connection; a browser sends it by itself
  @GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  void streamAlerts(
      @RequestParam(defaultValue = "") String query,
      @RequestHeader(value = "Last-Event-ID", required = false) @Nullable String last,
      HttpServletResponse response)
      throws IOException {
    Predicate<Event> wanted = QueryPredicate.compile(Search.query(query));
    if (stream.isFull()) {
      throw Problem.of(
              503,
              "too-many-streams",
              "Too many clients watch the alerts",
              "the limit of clients that watch at the same time is reached: close some, or ask with"
                  + " POST /api/v1/alerts/search")
          .exception();
    }
    Caller caller = Caller.require();
    stream.send(wanted, () -> accounts.isStillSignedIn(caller), last, response);
  }

  private Alert find(String id) throws IOException {
    return alerts.get(id).orElseThrow(() -> missing(id).exception());
  }

  private static Problem missing(String id) {
    return Problem.notFound("there is no alert " + Excerpt.of(id) + ": it may have been removed");
  }

  private static Problem conflict(String id, long expected, long found) {
    return Problem.of(
        412,
        "version",
        "Somebody else was faster",
        "alert "
            + Excerpt.of(id)
            + " is at version "
            + found
            + ", the change was made on version "
            + expected
            + ": load it again and repeat the change");
  }

  private ResponseEntity<AlertView> edit(
      String id, long version, List<Edit> edits, HttpServletRequest request) throws IOException {
    try {
      Alert alert = alerts.edit(id, version, edits, Caller.require().name(), clock.instant());
      audit.record(request, "alert.change", id, text(edits));
      return answer(alert);
    } catch (AlertStore.Conflict e) {
      throw conflict(id, e.expected(), e.found()).exception();
    } catch (NoSuchElementException e) {
      throw Problem.notFound(
              e.getMessage() == null ? "there is no such alert" : Excerpt.of(e.getMessage()))
          .exception();
    }
  }

  /// Edits that do not depend on what somebody saw; a change in between is no reason to refuse them.
  private ResponseEntity<AlertView> editNewest(
      String id, List<Edit> edits, HttpServletRequest request) throws IOException {
    for (int tries = 0; ; tries++) {
      try {
        Alert alert =
            alerts.edit(id, find(id).version(), edits, Caller.require().name(), clock.instant());
        audit.record(request, "alert.change", id, text(edits));
        return answer(alert);
      } catch (AlertStore.Conflict e) {
        if (tries == 10) {
          throw conflict(id, e.expected(), e.found()).exception();
        }
      } catch (NoSuchElementException e) {
        throw Problem.notFound(
                e.getMessage() == null ? "there is no such comment" : Excerpt.of(e.getMessage()))
            .exception();
      }
    }
  }

  private static ResponseEntity<AlertView> answer(Alert alert) {
    return ResponseEntity.status(HttpStatus.OK)
        .eTag("\"" + alert.version() + "\"")
        .body(AlertView.of(alert));
  }

  private static long version(@Nullable String ifMatch) {
    if (ifMatch == null) {
      throw Problem.of(
              428,
              "if-match",
              "The version that was seen must be named",
              "send the ETag of GET /api/v1/alerts/{id} as If-Match, so that nobody's change is lost")
          .exception();
    }
    Matcher m = ETAG.matcher(ifMatch.strip());
    if (!m.matches()) {
      throw Problem.badRequest(
              "If-Match is '" + Excerpt.of(ifMatch) + "', expected one ETag such as \"3\"")
          .exception();
    }
    return Long.parseLong(m.group(1));
  }

  private List<Edit> edits(
      Alert.@Nullable Status status, @Nullable String assignee, @Nullable String comment) {
    List<Edit> edits = new ArrayList<>();
    if (status != null) {
      edits.add(new Edit.SetStatus(status));
    }
    if (assignee != null) {
      if (assignee.length() > 100) {
        throw Problem.invalid("assignee has " + assignee.length() + " characters, the limit is 100")
            .exception();
      }
      String name = assignee.isBlank() ? null : assignee.strip();
      if (name != null && !accounts.isUser(name)) {
        throw Problem.invalid(
                "there is no user "
                    + Excerpt.of(name)
                    + " to assign to: GET /api/v1/assignees lists them")
            .exception();
      }
      edits.add(new Edit.Assign(name));
    }
    if (comment != null) {
      if (comment.isBlank() || comment.length() > LONGEST_COMMENT) {
        throw Problem.invalid(
                "the comment has "
                    + comment.length()
                    + " characters, expected 1 to "
                    + LONGEST_COMMENT
                    + ", not all blank")
            .exception();
      }
      edits.add(new Edit.AddComment(comment.strip()));
    }
    if (edits.isEmpty()) {
      throw Problem.badRequest(
              "the body changes nothing, expected a status, an assignee or a comment")
          .exception();
    }
    return edits;
  }

  private static String text(List<Edit> edits) {
    List<String> out = new ArrayList<>();
    for (Edit edit : edits) {
      out.add(
          switch (edit) {
            case Edit.SetStatus(Alert.Status s) -> "status " + s.name().toLowerCase(Locale.ROOT);
            case Edit.Assign(String who) ->
                who == null ? "assigned to nobody" : "assigned to " + who;
            case Edit.AddComment(String t) -> "comment added";
            case Edit.RemoveComment(String c) -> "comment " + c + " removed";
          });
    }
    return String.join(", ", out);
  }
}
