package metron.server.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether a search text can be read.
///
/// @param error absent where it can
public record QueryCheck(boolean valid, @Nullable QueryError error) {
  /// @param column from 1
  /// @param length characters that are wrong, from `column`
  /// @param expected what could stand there
  /// @param suggestion what was probably meant
  public record QueryError(
      String message, int column, int length, List<String> expected, @Nullable String suggestion) {}
}
