package metron.config;

/// One thing that is wrong with a configuration.
///
/// @param file path as the person knows it, such as `sensors/asa/sensor.yaml`
/// @param line 1 is the first; 0 if the fault is about the file as a whole
/// @param column 1 is the first; 0 if unknown
/// @param message what was found, what was expected, the way out
public record Fault(String file, int line, int column, String message) {
  /// `file:line: message`, as compilers write it, so that editors can jump there.
  @Override
  public String toString() {
    return line > 0 ? file + ":" + line + ": " + message : file + ": " + message;
  }
}
