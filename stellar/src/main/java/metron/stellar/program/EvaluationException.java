package metron.stellar.program;

import metron.stellar.syntax.Diagnostic;
import metron.stellar.syntax.Span;

/// A run without an answer; the message shows the place.
public final class EvaluationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Diagnostic diagnostic;
  private final transient String source;
  private final boolean budget;

  EvaluationException(String source, Span span, String message, boolean budget) {
    super(message, null, false, false);
    this.source = source;
    this.diagnostic = Diagnostic.error(span, message);
    this.budget = budget;
  }

  /// The message without the place.
  public String reason() {
    return diagnostic.message();
  }

  public Diagnostic diagnostic() {
    return diagnostic;
  }

  /// Whether the program was stopped because it took too much, rather than failed.
  public boolean overBudget() {
    return budget;
  }

  @Override
  public String getMessage() {
    return diagnostic.render(source);
  }
}
