package metron.server.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.web.filter.OncePerRequestFilter;

/// Refuses requests for a host that is not ours, and requests that a page of another origin makes.
///
/// A server on the loopback address trusts that only local programs reach it; a browser breaks that when a foreign name is
/// made to point at 127.0.0.1 (DNS rebinding). The `Host` header then still has the foreign name.
public final class HostCheck extends OncePerRequestFilter {
  private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

  private final ProblemWriter writer;
  private final Set<String> hosts;

  /// @param hosts names without port, lower case, that requests may be for; empty: any
  public HostCheck(ProblemWriter writer, Set<String> hosts) {
    this.writer = writer;
    this.hosts = Set.copyOf(hosts);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String host = request.getServerName().toLowerCase(Locale.ROOT);
    if (!hosts.isEmpty() && !hosts.contains(host)) {
      writer.write(
          Problem.of(
              421,
              "host",
              "This server does not answer for that host",
              "the Host header is '"
                  + Excerpt.of(host)
                  + "', expected one of "
                  + new TreeSet<>(hosts)
                  + ": use such a name, or add yours to the server's host names"),
          response);
      return;
    }
    String origin = request.getHeader("Origin");
    if (origin != null && !READS.contains(request.getMethod()) && !isOwn(origin, request)) {
      writer.write(
          Problem.of(
              403,
              "origin",
              "Pages of other origins may not change anything here",
              "the Origin header is '"
                  + Excerpt.of(origin)
                  + "', expected the address that the request goes to"),
          response);
      return;
    }
    chain.doFilter(request, response);
  }

  private static boolean isOwn(String origin, HttpServletRequest request) {
    String host = request.getHeader("Host");
    return host != null
        && (origin.equalsIgnoreCase("http://" + host)
            || origin.equalsIgnoreCase("https://" + host));
  }
}
