package metron.server.account;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import metron.storage.AccountStore.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/// Which role each address needs. The first rule that fits decides.
///
/// A new address without a rule of its own falls under the last rule; a test holds that no address does.
public final class AccessRules {
  /// Who may call an address.
  public enum Access {
    /// Everybody, without sign-in.
    EVERYBODY,
    /// Programs on this machine, and viewers.
    THIS_MACHINE,
    /// Everybody who is signed in, even if the password must be changed first.
    SIGNED_IN,
    VIEWER,
    ANALYST,
    ENGINEER,
    ADMINISTRATOR;

    /// The role needed; null: none.
    @Nullable Role role() {
      return switch (this) {
        case EVERYBODY, SIGNED_IN -> null;
        case THIS_MACHINE, VIEWER -> Role.VIEWER;
        case ANALYST -> Role.ANALYST;
        case ENGINEER -> Role.ENGINEER;
        case ADMINISTRATOR -> Role.ADMINISTRATOR;
      };
    }
  }

  /// @param method null: all
  private record Rule(
      @Nullable HttpMethod method, Access access, PathPatternRequestMatcher matcher) {}

  private final List<Rule> rules = new ArrayList<>();

  public AccessRules() {
    on("GET", "/health", Access.EVERYBODY);
    on("GET", "/metrics", Access.THIS_MACHINE);
    on("GET", "/api/v1/openapi.json", Access.EVERYBODY);

    on("POST", "/api/v1/session", Access.EVERYBODY);
    on("GET", "/api/v1/session", Access.SIGNED_IN);
    on("DELETE", "/api/v1/session", Access.SIGNED_IN);
    on("PUT", "/api/v1/session/password", Access.SIGNED_IN);

    on("POST", "/api/v1/events/search", Access.VIEWER);
    on("GET", "/api/v1/events/export", Access.ANALYST);
    on("GET", "/api/v1/events/{id}", Access.VIEWER);
    on("POST", "/api/v1/query/check", Access.VIEWER);
    on("GET", "/api/v1/fields", Access.VIEWER);
    on("GET", "/api/v1/fields/{name}/values", Access.VIEWER);

    on("POST", "/api/v1/alerts/search", Access.VIEWER);
    on("GET", "/api/v1/alerts/stream", Access.VIEWER);
    on("POST", "/api/v1/alerts/bulk", Access.ANALYST);
    on("GET", "/api/v1/alerts/{id}", Access.VIEWER);
    on("GET", "/api/v1/alerts/{id}/related", Access.VIEWER);
    on("PATCH", "/api/v1/alerts/{id}", Access.ANALYST);
    on("POST", "/api/v1/alerts/{id}/comments", Access.ANALYST);
    on("DELETE", "/api/v1/alerts/{id}/comments/{commentId}", Access.ANALYST);

    on("GET", "/api/v1/health", Access.VIEWER);
    on("GET", "/api/v1/sensors", Access.VIEWER);
    on("POST", "/api/v1/sensors/{name}/preview", Access.ANALYST);
    on("GET", "/api/v1/dead-letters", Access.VIEWER);
    on("POST", "/api/v1/dead-letters/{id}/try", Access.ANALYST);
    on("POST", "/api/v1/dead-letters/{id}/replay", Access.ENGINEER);
    on(null, "/api/v1/intel/**", Access.ENGINEER);
    on(null, "/api/v1/config/**", Access.ENGINEER);

    on("GET", "/api/v1/assignees", Access.VIEWER);
    on(null, "/api/v1/settings/**", Access.VIEWER);
    on(null, "/api/v1/users/**", Access.ADMINISTRATOR);
    on(null, "/api/v1/tokens/**", Access.ADMINISTRATOR);
    on("GET", "/api/v1/audit", Access.ADMINISTRATOR);

    on(null, "/api/**", Access.VIEWER);
    // The console's own files: the same for everybody, and needed to sign in.
    on("GET", "/**", Access.EVERYBODY);
    on(null, "/**", Access.VIEWER);
  }

  private void on(@Nullable String method, String pattern, Access access) {
    rules.add(
        new Rule(
            method == null ? null : HttpMethod.valueOf(method),
            access,
            PathPatternRequestMatcher.withDefaults().matcher(pattern)));
  }

  Access of(HttpServletRequest request) {
    // HEAD is answered by what answers GET.
    HttpMethod method =
        HttpMethod.valueOf(
            request.getMethod().toUpperCase(Locale.ROOT).equals("HEAD")
                ? "GET"
                : request.getMethod());
    for (Rule rule : rules) {
      if ((rule.method() == null || rule.method().equals(method))
          && rule.matcher().matches(request)) {
        return rule.access();
      }
    }
    return Access.ADMINISTRATOR;
  }
}
