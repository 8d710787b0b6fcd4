package metron.stellar.syntax;

/// A text that is no expression.
public final class SyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Diagnostic diagnostic;

  SyntaxException(Span span, String message) {
    super(message, null, false, false);
    this.diagnostic = Diagnostic.error(span, message);
  }

  public Diagnostic diagnostic() {
    return diagnostic;
  }
}
