package metron.stellar.syntax;

/// A stretch of the source.
///
/// @param start the offset of its first character, from 0
/// @param end the offset after its last character
public record Span(int start, int end) {
  /// From the start of this one to the end of another.
  public Span to(Span other) {
    return new Span(start, other.end);
  }
}
