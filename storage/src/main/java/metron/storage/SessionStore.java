package metron.storage;

import java.time.Instant;
import java.util.Optional;

/// Sign-ins that outlive a restart of the server. The cookie's value is never kept, only its SHA-256.
///
/// A failure of the disk is an [java.io.UncheckedIOException].
public interface SessionStore {
  /// @param idHash SHA-256 of the cookie's value, lower-case hex
  /// @param csrfHash SHA-256 of the CSRF token, lower-case hex; empty if the server keeps none
  /// @param seen last request, exact to the minute
  /// @param expires not valid from here on
  record Session(
      String idHash,
      String user,
      String csrfHash,
      Instant created,
      Instant seen,
      Instant expires) {}

  void add(Session session);

  /// The session if it has not expired at `now`.
  Optional<Session> find(String idHash, Instant now);

  /// Notes a request and moves the end; at most once a minute on disk.
  void seen(String idHash, Instant at, Instant expires);

  /// @return false if there was none
  boolean remove(String idHash);

  /// Ends all sessions of a user, for a new password or a disabled account.
  ///
  /// @return sessions ended
  int removeAll(String user);

  /// @return sessions removed
  int removeExpired(Instant now);
}
