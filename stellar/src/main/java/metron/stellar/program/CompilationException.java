package metron.stellar.program;

import java.util.List;
import java.util.stream.Collectors;
import metron.stellar.syntax.Diagnostic;

/// A source with faults; the message shows all of them with their places.
public final class CompilationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Diagnostic> diagnostics;

  CompilationException(String source, List<Diagnostic> diagnostics) {
    super(
        diagnostics.stream().map(d -> d.render(source)).collect(Collectors.joining("\n")),
        null,
        false,
        false);
    this.diagnostics = List.copyOf(diagnostics);
  }

  /// The faults, and the warnings among them, in the order of the source.
  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
