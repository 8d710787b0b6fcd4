package metron.server.account;

import java.time.Instant;
import java.util.List;
import metron.server.http.Cursors;
import metron.server.http.Problem;
import metron.storage.AuditLog;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class AuditController {
  private static final String QUESTION = "audit";

  /// @param who user, or user and token, or `system`; empty where nobody was signed in
  /// @param from network address of the client
  record AuditEntry(
      long number,
      Instant at,
      String who,
      String from,
      String action,
      String target,
      String detail) {}

  /// Newest first.
  ///
  /// @param next cursor of the page of older entries; absent: there is none
  record AuditPage(List<AuditEntry> items, @Nullable String next) {}

  private final AuditLog log;
  private final Cursors cursors;

  AuditController(AuditLog log, Cursors cursors) {
    this.log = log;
    this.cursors = cursors;
  }

  @GetMapping(path = "/api/v1/audit", produces = MediaType.APPLICATION_JSON_VALUE)
  AuditPage listAudit(
      @RequestParam @Nullable String cursor, @RequestParam(defaultValue = "100") int size) {
    if (size < 1 || size > 1000) {
      throw Problem.badRequest("size is " + size + ", expected 1 to 1000").exception();
    }
    String after = cursor == null ? null : cursors.read(QUESTION, cursor).getFirst();
    AuditLog.Page page = log.page(after, size);
    return new AuditPage(
        page.entries().stream()
            .map(
                e ->
                    new AuditEntry(
                        e.number(), e.at(), e.who(), e.from(), e.action(), e.target(), e.detail()))
            .toList(),
        page.next() == null ? null : cursors.write(QUESTION, List.of(page.next())));
  }
}
