package metron.config;

/// Where something stands in a file.
///
/// @param file path as the person knows it
/// @param line 1 is the first
/// @param column 1 is the first
public record Position(String file, int line, int column) {
  @Override
  public String toString() {
    return file + ":" + line;
  }
}
