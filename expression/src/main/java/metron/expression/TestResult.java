package metron.expression;

import metron.config.Position;
import org.jspecify.annotations.Nullable;

/// What became of a test that stands in a document.
///
/// @param complaint what is not as it must be, found and expected; null when all is
public record TestResult(Position at, @Nullable String complaint) {
  public boolean passed() {
    return complaint == null;
  }
}
