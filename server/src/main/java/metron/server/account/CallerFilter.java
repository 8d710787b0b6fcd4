package metron.server.account;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import metron.server.http.Problem;
import metron.server.http.ProblemWriter;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/// Finds out who makes a request. With an `Authorization` header only that counts, never the cookie beside it: such a
/// request is free of the CSRF check, which is safe only as long as no browser adds its credentials by itself.
final class CallerFilter extends OncePerRequestFilter {
  private static final String BEARER = "Bearer ";

  private final Accounts accounts;
  private final ProblemWriter writer;

  CallerFilter(Accounts accounts, ProblemWriter writer) {
    this.accounts = accounts;
    this.writer = writer;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String authorization = request.getHeader("Authorization");
    Optional<Caller> caller;
    if (authorization == null) {
      caller = Cookies.session(request).flatMap(accounts::bySession);
    } else if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      caller = accounts.byToken(authorization.substring(BEARER.length()).strip());
      if (caller.isEmpty()) {
        response.setHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
        writer.write(
            Problem.of(
                401,
                "token",
                "The API token is not valid",
                "the token is unknown, was removed or has expired: an administrator can make another"
                    + " with POST /api/v1/tokens"),
            response);
        return;
      }
    } else {
      response.setHeader("WWW-Authenticate", "Bearer");
      writer.write(
          Problem.of(
              401,
              "token",
              "The API token is not valid",
              "the Authorization header is of another kind, expected 'Bearer <token>'"),
          response);
      return;
    }
    caller.ifPresent(
        c ->
            SecurityContextHolder.getContext()
                .setAuthentication(
                    UsernamePasswordAuthenticationToken.authenticated(c, null, List.of())));
    chain.doFilter(request, response);
  }
}
