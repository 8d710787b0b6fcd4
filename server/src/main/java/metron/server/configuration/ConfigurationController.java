package metron.server.configuration;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import metron.config.Fault;
import metron.server.account.Audit;
import metron.server.account.Caller;
import metron.server.http.Excerpt;
import metron.server.http.Problem;
import metron.server.http.ProblemException;
import metron.storage.ConfigStore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/config", produces = MediaType.APPLICATION_JSON_VALUE)
final class ConfigurationController {
  private static final Pattern ETAG = Pattern.compile("(?:W/)?\"([0-9a-f]{4,64})\"");
  private static final Pattern REVISION = Pattern.compile("[0-9a-f]{4,64}");

  /// @param blob id of the content; changes exactly when the content does
  record ConfigFileView(String path, String blob, long bytes) {}

  record ConfigTextView(String path, String blob, String text) {}

  /// @param message why; absent: the path is named
  record ConfigTextBody(String text, @Nullable String message) {}

  record RevisionView(String id, String author, Instant at, String message, List<String> paths) {
    static RevisionView of(ConfigStore.Revision r) {
      return new RevisionView(r.id(), r.author(), r.at(), r.message(), r.paths());
    }
  }

  /// @param diff unified
  record RevisionDiff(String id, String diff) {}

  /// @param revision id of the state to go back to
  record RollbackBody(String revision) {}

  private final ConfigStore store;
  private final ConfigurationCheck check;
  private final Audit audit;

  ConfigurationController(ConfigStore store, ConfigurationCheck check, Audit audit) {
    this.store = store;
    this.check = check;
    this.audit = audit;
  }

  @GetMapping("/files")
  List<ConfigFileView> listConfigFiles() throws IOException {
    return store.list().stream()
        .map(f -> new ConfigFileView(f.path(), f.blob(), f.bytes()))
        .toList();
  }

  @GetMapping("/files/{*path}")
  ResponseEntity<ConfigTextView> getConfigFile(@PathVariable String path) throws IOException {
    return answer(HttpStatus.OK, read(relative(path)));
  }

  /// Writes a file that is there (with If-Match) or a new one (with `If-None-Match: *`), if all files together can be used.
  @PutMapping("/files/{*path}")
  ResponseEntity<ConfigTextView> putConfigFile(
      @PathVariable String path,
      @RequestHeader(value = "If-Match", required = false) @Nullable String ifMatch,
      @RequestHeader(value = "If-None-Match", required = false) @Nullable String ifNoneMatch,
      @RequestBody ConfigTextBody body,
      HttpServletRequest request)
      throws IOException {
    String file = relative(path);
    boolean isNew = "*".equals(ifNoneMatch);
    String blob = isNew ? null : blob(ifMatch);
    if (body.text().getBytes(StandardCharsets.UTF_8).length > ConfigStore.MAX_FILE) {
      throw Problem.tooLarge(ConfigStore.MAX_FILE).exception();
    }
    Map<String, String> files = new LinkedHashMap<>(store.readAll());
    files.put(file, body.text());
    refuseFaults(files);
    ConfigStore.Revision revision;
    try {
      revision = store.write(file, body.text(), blob, author(), message(body.message(), file));
    } catch (ConfigStore.Conflict e) {
      throw conflict(e);
    } catch (IllegalArgumentException e) {
      throw refusedPath(e);
    }
    audit.record(request, "config.write", file, "revision " + revision.id());
    return answer(isNew ? HttpStatus.CREATED : HttpStatus.OK, read(file));
  }

  @DeleteMapping("/files/{*path}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void deleteConfigFile(
      @PathVariable String path,
      @RequestHeader(value = "If-Match", required = false) @Nullable String ifMatch,
      HttpServletRequest request)
      throws IOException {
    String file = relative(path);
    String blob = blob(ifMatch);
    read(file);
    Map<String, String> files = new LinkedHashMap<>(store.readAll());
    files.remove(file);
    refuseFaults(files);
    try {
      ConfigStore.Revision revision = store.delete(file, blob, author(), "Remove " + file);
      audit.record(request, "config.remove", file, "revision " + revision.id());
    } catch (ConfigStore.Conflict e) {
      throw conflict(e);
    } catch (IllegalArgumentException e) {
      throw refusedPath(e);
    }
  }

  /// Revisions, newest first.
  ///
  /// @param path only those that changed this file
  @GetMapping("/history")
  List<RevisionView> listConfigHistory(
      @RequestParam @Nullable String path, @RequestParam(defaultValue = "50") int size)
      throws IOException {
    if (size < 1 || size > 1000) {
      throw Problem.badRequest("size is " + size + ", expected 1 to 1000").exception();
    }
    try {
      return store.history(path, size).stream().map(RevisionView::of).toList();
    } catch (IllegalArgumentException e) {
      throw refusedPath(e);
    }
  }

  @GetMapping("/history/{revision}/diff")
  RevisionDiff getConfigDiff(@PathVariable String revision) throws IOException {
    try {
      return new RevisionDiff(revision, store.diff(revisionId(revision)));
    } catch (NoSuchElementException e) {
      throw noRevision(revision);
    }
  }

  /// Makes all files as they were in a revision, if they can be used today.
  @PostMapping("/rollback")
  RevisionView rollbackConfig(@RequestBody RollbackBody body, HttpServletRequest request)
      throws IOException {
    String id = revisionId(body.revision());
    ConfigStore.Revision revision;
    try {
      Set<String> paths = new TreeSet<>();
      store.list().forEach(f -> paths.add(f.path()));
      // Files that were there then and are not now.
      store.history(null, 1000).forEach(r -> paths.addAll(r.paths()));
      Map<String, String> files = new LinkedHashMap<>();
      for (String path : paths) {
        store.read(id, path).ifPresent(t -> files.put(t.path(), t.text()));
      }
      refuseFaults(files);
      revision = store.rollback(id, author());
    } catch (NoSuchElementException e) {
      throw noRevision(body.revision());
    }
    audit.record(request, "config.rollback", id, "revision " + revision.id());
    return RevisionView.of(revision);
  }

  private void refuseFaults(Map<String, String> files) {
    List<Fault> faults = check.check(files);
    if (!faults.isEmpty()) {
      throw Problem.of(
              422,
              "configuration",
              "The configuration can't be used",
              "nothing was changed, " + faults.size() + " faults: " + faults.getFirst())
          .with(faults.stream().map(ConfigurationController::fault).toList())
          .exception();
    }
  }

  private static Problem.Fault fault(Fault f) {
    return new Problem.Fault(
        f.message(),
        f.file(),
        f.line() > 0 ? f.line() : null,
        f.column() > 0 ? f.column() : null,
        null,
        null,
        null);
  }

  private ConfigStore.Text read(String path) throws IOException {
    try {
      return store
          .read(path)
          .orElseThrow(
              () ->
                  Problem.notFound(
                          "there is no file "
                              + Excerpt.of(path)
                              + ": GET /api/v1/config/files lists them")
                      .exception());
    } catch (IllegalArgumentException e) {
      throw refusedPath(e);
    }
  }

  private static ResponseEntity<ConfigTextView> answer(HttpStatus status, ConfigStore.Text t) {
    return ResponseEntity.status(status)
        .eTag("\"" + t.blob() + "\"")
        .body(new ConfigTextView(t.path(), t.blob(), t.text()));
  }

  private static String relative(String path) {
    return path.startsWith("/") ? path.substring(1) : path;
  }

  private static String author() {
    return Caller.require().name();
  }

  private static String message(@Nullable String message, String file) {
    return message == null || message.isBlank() ? "Change " + file : message.strip();
  }

  private static String blob(@Nullable String ifMatch) {
    if (ifMatch == null) {
      throw Problem.of(
              428,
              "if-match",
              "The version that was seen must be named",
              "send the ETag of GET on this file as If-Match, or If-None-Match: * for a new file, so"
                  + " that nobody's change is lost")
          .exception();
    }
    Matcher m = ETAG.matcher(ifMatch.strip());
    if (!m.matches()) {
      throw Problem.badRequest(
              "If-Match is '" + Excerpt.of(ifMatch) + "', expected the ETag of the file")
          .exception();
    }
    return m.group(1);
  }

  private static String revisionId(String id) {
    if (!REVISION.matcher(id).matches()) {
      throw noRevision(id);
    }
    return id;
  }

  private static ProblemException noRevision(String id) {
    return Problem.notFound(
            "there is no revision " + Excerpt.of(id) + ": GET /api/v1/config/history lists them")
        .exception();
  }

  private static ProblemException conflict(ConfigStore.Conflict e) {
    return Problem.of(
            412,
            "version",
            "Somebody else was faster",
            Objects.requireNonNullElse(e.getMessage(), "the file was changed in the meantime"))
        .exception();
  }

  private static ProblemException refusedPath(IllegalArgumentException e) {
    return Problem.badRequest(Objects.requireNonNullElse(e.getMessage(), "the path can't be used"))
        .exception();
  }
}
