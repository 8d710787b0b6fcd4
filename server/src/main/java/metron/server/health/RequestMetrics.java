package metron.server.health;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/// Times every request, by the pattern of its address. The stream of alerts is left out: it lasts as long as a page is open.
public final class RequestMetrics extends OncePerRequestFilter {
  private final Metrics metrics;

  public RequestMetrics(Metrics metrics) {
    this.metrics = metrics;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    long start = System.nanoTime();
    try {
      chain.doFilter(request, response);
    } finally {
      Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
      String address = pattern == null ? "other" : pattern.toString();
      if (!address.endsWith("/stream")) {
        metrics.answered(method(request), address, response.getStatus(), System.nanoTime() - start);
      }
    }
  }

  // A method that a client made up would be a series of its own.
  private static String method(HttpServletRequest request) {
    return switch (request.getMethod()) {
      case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS" -> request.getMethod();
      default -> "other";
    };
  }
}
