package metron.server.account;

import java.security.Principal;
import java.util.Optional;
import metron.storage.AccountStore.Role;
import org.springframework.security.core.context.SecurityContextHolder;

/// Whoever makes a request: a person with a session, or a program with an API token.
///
/// @param name the user; of a token, its owner
/// @param role what the request may do
/// @param mustChangePassword only the password may be changed before anything else
/// @param via how it proved to be who it is
public record Caller(String name, Role role, boolean mustChangePassword, Via via)
    implements Principal {
  sealed interface Via {
    /// @param id the cookie's value
    record Session(String id) implements Via {}

    record Token(String id) implements Via {}
  }

  @Override
  public String getName() {
    return name;
  }

  public boolean may(Role least) {
    return !mustChangePassword && role.compareTo(least) >= 0;
  }

  /// As the audit log names it.
  String audited() {
    return switch (via) {
      case Via.Session s -> name;
      case Via.Token t -> name + " (token " + t.id() + ")";
    };
  }

  /// A session shows itself as its cookie's hash, so that no log ever gets the value.
  @Override
  public String toString() {
    return "Caller[" + name + ", " + role + "]";
  }

  /// The caller of the request that this thread answers; empty: it is not signed in.
  public static Optional<Caller> current() {
    var authentication = SecurityContextHolder.getContext().getAuthentication();
    return authentication != null && authentication.getPrincipal() instanceof Caller c
        ? Optional.of(c)
        : Optional.empty();
  }

  /// As [#current], where the access rules let only signed-in callers through.
  public static Caller require() {
    return current()
        .orElseThrow(
            () -> new IllegalStateException("an address without sign-in asks for a caller"));
  }
}
