package metron.event.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Search text that is not a query: where, what was found, what was expected.
public final class QuerySyntaxException extends Exception {
  private static final long serialVersionUID = 1;

  private final int column;
  private final int length;
  private final transient List<String> expected;
  private final @Nullable String suggestion;

  QuerySyntaxException(
      String message, int column, int length, List<String> expected, @Nullable String suggestion) {
    super(message);
    this.column = column;
    this.length = length;
    this.expected = List.copyOf(expected);
    this.suggestion = suggestion;
  }

  /// Of the first character at fault; 1 is the first of the text.
  public int column() {
    return column;
  }

  /// Characters at fault; 0 at the end of the text.
  public int length() {
    return length;
  }

  /// What could stand there, for people to read; empty if any text could.
  public List<String> expected() {
    return expected;
  }

  /// @return what to put in place of the characters at fault; null if nothing is near (it goes to JSON as it is)
  public @Nullable String suggestion() {
    return suggestion;
  }
}
