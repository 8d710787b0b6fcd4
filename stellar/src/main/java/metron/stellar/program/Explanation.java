package metron.stellar.program;

import java.util.List;
import metron.stellar.syntax.Span;
import org.jspecify.annotations.Nullable;

/// What a part of a program came to for one record.
///
/// @param source the text of the part
/// @param span where it stands
/// @param outcome what became of it
/// @param value when it has one; of a part of a lambda the value of its last call
/// @param failure when it failed
/// @param parts its own parts in the order of the source
public record Explanation(
    String source,
    Span span,
    Outcome outcome,
    @Nullable Object value,
    @Nullable String failure,
    List<Explanation> parts) {
  /// What became of a part.
  public enum Outcome {
    VALUE,
    FAILED,
    /// It was never reached: another part decided before.
    NOT_REACHED
  }

  public Explanation {
    parts = List.copyOf(parts);
  }
}
