package metron.stellar.syntax;

/// A fault or a warning with its place.
///
/// @param severity whether a program with it runs
/// @param span what it is about
/// @param message what was found, what was expected, the way out; no place
public record Diagnostic(Severity severity, Span span, String message) {
  /// Whether a program with it runs.
  public enum Severity {
    ERROR,
    WARNING
  }

  private static final int WIDTH = 96;

  public static Diagnostic error(Span span, String message) {
    return new Diagnostic(Severity.ERROR, span, message);
  }

  public static Diagnostic warning(Span span, String message) {
    return new Diagnostic(Severity.WARNING, span, message);
  }

  /// The line of the place, from 1.
  public int line(String source) {
    int line = 1;
    for (int i = 0; i < Math.min(span.start(), source.length()); i++) {
      if (source.charAt(i) == '\n') {
        line++;
      }
    }
    return line;
  }

  /// The column of the place, from 1.
  public int column(String source) {
    int start = Math.min(span.start(), source.length());
    return start - (start == 0 ? -1 : source.lastIndexOf('\n', start - 1));
  }

  /// Place, message, and the line with a caret below:
  ///
  /// ```text
  /// 1:17: IN_SUBNET takes (ip, cidr...), argument 2 is the integer 8
  ///  | IN_SUBNET(host, 8)
  ///  | ................^
  /// ```
  public String render(String source) {
    int column = column(source);
    int start = Math.min(span.start(), source.length()) - (column - 1);
    int end = source.indexOf('\n', start);
    String line = source.substring(start, end < 0 ? source.length() : end);
    int length =
        Math.clamp((long) span.end() - span.start(), 1, Math.max(1, line.length() - column + 1));
    int caret = column - 1;
    String before = "";
    if (line.length() > WIDTH) {
      int from = Math.clamp((long) caret - WIDTH / 2, 0, line.length() - WIDTH);
      boolean cutEnd = from + WIDTH < line.length();
      line = line.substring(from, from + WIDTH) + (cutEnd ? "…" : "");
      before = from > 0 ? "…" : "";
      caret -= from;
      length = Math.min(length, WIDTH - caret);
    }
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      shown.append(Character.isISOControl(c) ? ' ' : c);
    }
    return line(source)
        + ":"
        + column
        + ": "
        + message
        + "\n | "
        + before
        + shown
        + "\n | "
        + ".".repeat(before.length() + caret)
        + "^".repeat(Math.max(1, length));
  }
}
