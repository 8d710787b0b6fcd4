package metron.server.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The answer where the container refuses a request before any of our code sees it (a broken request line, a header that is
/// too long). Tomcat makes it by name, so it has no arguments and writes its few fixed texts itself.
public final class ProblemValve extends ErrorReportValve {
  private static final Logger log = LoggerFactory.getLogger(ProblemValve.class);

  @Override
  protected void report(Request request, Response response, @Nullable Throwable throwable) {
    int status = response.getStatus();
    if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    if (status >= 500) {
      log.error("request could not be answered, status {}", status, throwable);
    }
    String title = status >= 500 ? "Something went wrong here" : "The request can't be read";
    String detail =
        status >= 500
            ? "the server could not answer; its log says why"
            : "the request line, a header or the path is not valid HTTP for this server: see RFC 9110";
    String body =
        """
        {"type":"urn:metron:problem:%s","title":"%s","status":%d,"detail":"%s"}"""
            .formatted(status >= 500 ? "internal" : "bad-request", title, status, detail);
    try {
      response.setContentType("application/problem+json");
      response.setCharacterEncoding("UTF-8");
      response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
      response.finishResponse();
    } catch (IOException e) {
      log.debug("client went away before it was told of status {}", status);
    }
  }
}
