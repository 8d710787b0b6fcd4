package metron.packets.filter;

/// A filter that is none: the column, what was found and what was expected, with a caret under the place.
public final class FilterSyntaxException extends Exception {
  private static final long serialVersionUID = 1;

  private final int column;

  FilterSyntaxException(String text, int column, String message) {
    super(
        "filter: 1:"
            + column
            + ": "
            + message
            + "\n | "
            + text.replaceAll("\\p{Cntrl}", " ")
            + "\n | "
            + ".".repeat(column - 1)
            + "^");
    this.column = column;
  }

  /// Of a pattern that is wrong as a whole.
  FilterSyntaxException(String message) {
    super(message);
    this.column = 1;
  }

  /// From 1.
  public int column() {
    return column;
  }
}
