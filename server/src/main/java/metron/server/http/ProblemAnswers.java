package metron.server.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import metron.event.query.QuerySyntaxException;
import org.apache.catalina.connector.ClientAbortException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/// Every exception that leaves a controller becomes a [Problem]. What the client did wrong is told to the client; what we
/// did wrong is logged once, and the client gets the number to find it by.
@RestControllerAdvice
public final class ProblemAnswers {
  private static final Logger log = LoggerFactory.getLogger(ProblemAnswers.class);

  private final ProblemWriter writer;

  public ProblemAnswers(ProblemWriter writer) {
    this.writer = writer;
  }

  @ExceptionHandler(Exception.class)
  void answer(Exception e, HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    if (e instanceof AccessDeniedException || e instanceof AuthenticationException) {
      throw e; // Spring Security's filter answers these.
    }
    if (isGone(e)) {
      log.debug("client went away: {} {}", request.getMethod(), request.getRequestURI());
      return;
    }
    if (e instanceof HttpRequestMethodNotSupportedException m) {
      var allowed = m.getSupportedHttpMethods();
      if (allowed != null) {
        response.setHeader(
            "Allow", String.join(", ", allowed.stream().map(HttpMethod::name).sorted().toList()));
      }
    }
    Problem problem = problem(e, request);
    if (response.isCommitted()) {
      // Part of the answer is out already: ending the connection is the only way to say that it is
      // not whole.
      log.error(
          "answer broke off: {} {}: {}", request.getMethod(), request.getRequestURI(), problem);
      throw e;
    }
    writer.write(problem, response);
  }

  /// Whether the client closed the connection while it was answered.
  private static boolean isGone(Exception e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof ClientAbortException || t instanceof AsyncRequestNotUsableException) {
        return true;
      }
    }
    return false;
  }

  private static Problem problem(Exception e, HttpServletRequest request) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof ProblemException p) {
        return p.problem();
      }
    }
    return switch (e) {
      case QuerySyntaxException q -> Problem.query(q);
      case HttpMessageNotReadableException r -> body(r);
      // Only the console's files match every path, and they can only be read.
      case HttpRequestMethodNotSupportedException m
          when "/**".equals(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)) ->
          Problem.noAddress(request.getMethod(), request.getRequestURI());
      case HttpRequestMethodNotSupportedException m ->
          Problem.of(
              405,
              "method-not-allowed",
              "This address does not take that method",
              Excerpt.of(m.getMethod())
                  + " is not possible here, expected "
                  + String.join(
                      " or ",
                      Objects.requireNonNullElse(
                          m.getSupportedMethods(), new String[] {"another"})));
      case HttpMediaTypeNotSupportedException m ->
          Problem.of(
              415,
              "media-type",
              "This kind of body is not taken here",
              "Content-Type is "
                  + (m.getContentType() == null
                      ? "missing"
                      : "'" + Excerpt.of(m.getContentType().toString()) + "'")
                  + ", expected "
                  + types(m.getSupportedMediaTypes()));
      case HttpMediaTypeNotAcceptableException m ->
          Problem.of(
              406,
              "not-acceptable",
              "The answer does not come in that form",
              "this address answers with " + types(m.getSupportedMediaTypes()));
      case MissingServletRequestParameterException m ->
          Problem.badRequest(
              "the parameter '" + m.getParameterName() + "' is missing from the URL");
      case MethodArgumentTypeMismatchException m -> parameter(m);
      case NoResourceFoundException n ->
          Problem.noAddress(request.getMethod(), request.getRequestURI());
      case NoHandlerFoundException n ->
          Problem.noAddress(request.getMethod(), request.getRequestURI());
      case ErrorResponse r when r.getStatusCode().is4xxClientError() ->
          Problem.of(
              r.getStatusCode().value(),
              "bad-request",
              "The request can't be read",
              Objects.requireNonNullElse(
                  r.getBody().getDetail(), "the request is not as expected"));
      default -> internal(e, request);
    };
  }

  private static Problem internal(Exception e, HttpServletRequest request) {
    String number = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    log.error("{} {} failed, number {}", request.getMethod(), request.getRequestURI(), number, e);
    if (e instanceof IOException) {
      return Problem.of(
          503,
          "store",
          "The store does not answer",
          "reading or writing the store failed; GET /health says which part is not well, the log has"
              + " the cause under number "
              + number);
    }
    return Problem.of(
        500,
        "internal",
        "Something went wrong here",
        "this is a fault of the server, not of the request; its log has the cause under number "
            + number);
  }

  private static Problem body(HttpMessageNotReadableException e) {
    Throwable cause = e.getMostSpecificCause();
    if (!(cause instanceof JacksonException j)) {
      return Problem.badRequest("the body is missing or ended early, expected a JSON object");
    }
    Integer line = j.getLocation() == null ? null : positive(j.getLocation().getLineNr());
    Integer column = j.getLocation() == null ? null : positive(j.getLocation().getColumnNr());
    String path = path(j);
    String where = path.isEmpty() ? "the body" : path;
    String suggestion = null;
    String message;
    switch (j) {
      case UnrecognizedPropertyException u -> {
        var known = u.getKnownPropertyIds() == null ? List.of() : u.getKnownPropertyIds();
        suggestion = closest(u.getPropertyName(), known);
        message =
            "unknown key '"
                + Excerpt.of(u.getPropertyName())
                + "'"
                + (suggestion == null
                    ? ", expected one of " + known
                    : ". Did you mean '" + suggestion + "'?");
      }
      case InvalidNullException n -> message = where + " is null, expected a value";
      case InvalidFormatException f ->
          message =
              where
                  + " is "
                  + (f.getValue() instanceof String s
                      ? "'" + Excerpt.of(s) + "'"
                      : Excerpt.of(String.valueOf(f.getValue())))
                  + ", expected "
                  + kind(f.getTargetType());
      case MismatchedInputException m -> {
        String original = Objects.requireNonNullElse(m.getOriginalMessage(), "");
        message =
            original.startsWith("Missing required creator property '")
                ? original.replaceFirst(
                    "Missing required creator property '([^']{1,40})'.*", "the key '$1' is missing")
                : where
                    + " has the wrong shape, expected "
                    + kind(Objects.requireNonNullElse(m.getTargetType(), Object.class));
      }
      case StreamConstraintsException c ->
          message = "the JSON is nested too deeply or has a text or number that is too long";
      case StreamReadException s -> message = "this is not JSON";
      case DatabindException d -> message = where + " is not as expected";
      default -> message = "the JSON can't be read";
    }
    String position = line == null ? "" : "body, line " + line + ", column " + column + ": ";
    return Problem.badRequest(position + message)
        .with(List.of(new Problem.Fault(message, null, line, column, null, null, suggestion)));
  }

  private static Problem parameter(MethodArgumentTypeMismatchException e) {
    Class<?> type = Objects.requireNonNullElse(e.getRequiredType(), String.class);
    return Problem.badRequest(
        "the parameter '"
            + e.getName()
            + "' is '"
            + Excerpt.of(String.valueOf(e.getValue()))
            + "', expected "
            + kind(type));
  }

  private static String kind(Class<?> type) {
    if (type.isEnum()) {
      return "one of "
          + String.join(
              ", ",
              Arrays.stream(type.getEnumConstants())
                  .map(c -> c.toString().toLowerCase(Locale.ROOT))
                  .toList());
    }
    if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
      return "an integer";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type == String.class) {
      return "a text";
    }
    if (Number.class.isAssignableFrom(type) || type == double.class) {
      return "a number";
    }
    return Iterable.class.isAssignableFrom(type) || type.isArray() ? "a list" : "an object";
  }

  private static String path(JacksonException e) {
    StringBuilder out = new StringBuilder();
    for (JacksonException.Reference r : e.getPath()) {
      if (r.getPropertyName() == null) {
        out.append('[').append(r.getIndex()).append(']');
      } else {
        out.append(out.isEmpty() ? "" : ".").append(Excerpt.of(r.getPropertyName()));
      }
    }
    return out.toString();
  }

  private static @Nullable Integer positive(int n) {
    return n > 0 ? n : null;
  }

  private static @Nullable String closest(String found, Iterable<?> known) {
    String best = null;
    int least = 3;
    for (Object k : known) {
      int d = distance(found, String.valueOf(k));
      if (d < least) {
        least = d;
        best = String.valueOf(k);
      }
    }
    return best;
  }

  /// Levenshtein's distance, over texts of at most 40 characters.
  private static int distance(String a, String b) {
    if (a.length() > 40 || b.length() > 40) {
      return Integer.MAX_VALUE;
    }
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int next = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), diagonal + cost);
        diagonal = row[j];
        row[j] = next;
      }
    }
    return row[b.length()];
  }

  private static String types(List<MediaType> types) {
    List<String> names = new ArrayList<>();
    for (MediaType type : types) {
      if (type.isConcrete()) {
        names.add(type.getType() + "/" + type.getSubtype());
      }
    }
    return names.isEmpty() ? "application/json" : String.join(" or ", names);
  }
}
