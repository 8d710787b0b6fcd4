package metron.server.account;

import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import metron.storage.AuditLog;

/// Writes into the audit log who did what, from where.
public final class Audit {
  private final AuditLog log;
  private final InstantSource clock;

  public Audit(AuditLog log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
  }

  /// Notes what the caller of this request did; durable when it returns.
  ///
  /// @param action such as `user.add`
  /// @param target what it was done to
  /// @param detail further facts, or empty; never a secret
  public void record(HttpServletRequest request, String action, String target, String detail) {
    String who = Caller.current().map(Caller::audited).orElse("");
    record(who, request.getRemoteAddr(), action, target, detail);
  }

  void record(String who, String from, String action, String target, String detail) {
    log.append(clock.instant(), who, from, action, target, detail);
  }
}
