package metron.server.http;

import java.util.List;
import java.util.Objects;
import metron.event.query.QuerySyntaxException;
import org.jspecify.annotations.Nullable;

/// What went wrong, as RFC 9457 has it: the body of every answer that is not a success, `application/problem+json`.
///
/// @param type stable name of the kind, `urn:metron:problem:<kind>`; programs decide by it
/// @param title the kind in words, the same for all problems of it
/// @param status HTTP status code
/// @param detail what was found, what was expected, and the way out
/// @param errors the single faults, where there are several or one has a position
public record Problem(
    String type, String title, int status, String detail, @Nullable List<Fault> errors) {
  /// One fault, with its place where it has one.
  ///
  /// @param file file of the configuration that it is in
  /// @param line from 1
  /// @param column from 1
  /// @param length characters that it covers, from `column`
  /// @param expected what could have stood there
  /// @param suggestion what was probably meant
  public record Fault(
      String message,
      @Nullable String file,
      @Nullable Integer line,
      @Nullable Integer column,
      @Nullable Integer length,
      @Nullable List<String> expected,
      @Nullable String suggestion) {
    public static Fault of(String message) {
      return new Fault(message, null, null, null, null, null, null);
    }
  }

  private static final String PREFIX = "urn:metron:problem:";

  public static Problem of(int status, String kind, String title, String detail) {
    return new Problem(PREFIX + kind, title, status, detail, null);
  }

  public Problem with(List<Fault> faults) {
    return new Problem(type, title, status, detail, List.copyOf(faults));
  }

  public ProblemException exception() {
    return new ProblemException(this);
  }

  public static Problem badRequest(String detail) {
    return of(400, "bad-request", "The request can't be read", detail);
  }

  public static Problem notFound(String detail) {
    return of(404, "not-found", "There is no such thing", detail);
  }

  public static Problem unauthenticated() {
    return of(
        401,
        "sign-in-required",
        "Sign-in is required",
        "this needs a session or an API token: POST /api/v1/session with username and password,"
            + " or send the header 'Authorization: Bearer <token>'");
  }

  public static Problem invalid(String detail) {
    return of(422, "invalid", "The content is not valid", detail);
  }

  public static Problem conflict(String detail) {
    return of(409, "conflict", "That is in conflict with what is there", detail);
  }

  public static Problem tooLarge(long limit) {
    return of(
        413,
        "too-large",
        "The body is too large",
        "the body is larger than "
            + limit
            + " bytes, which is the limit of this address: send it in smaller parts");
  }

  /// The URL has no such address, for whoever asks.
  public static Problem noAddress(String method, String path) {
    return of(
        404,
        "not-found",
        "There is no such thing",
        "there is no "
            + method
            + " "
            + Excerpt.of(path)
            + ": /api/v1/openapi.json lists what there is");
  }

  /// A search text that can't be read: where, and what could have stood there.
  public static Problem query(QuerySyntaxException e) {
    return of(
            400,
            "query-syntax",
            "The query can't be read",
            "query, column " + e.column() + ": " + e.getMessage())
        .with(
            List.of(
                new Fault(
                    Objects.requireNonNullElse(e.getMessage(), "not a query"),
                    null,
                    null,
                    e.column(),
                    e.length(),
                    e.expected(),
                    e.suggestion())));
  }
}
