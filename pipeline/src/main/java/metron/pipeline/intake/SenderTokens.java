package metron.pipeline.intake;

/// Who may send records over HTTP.
public interface SenderTokens {
  /// @param token as the sender shows it; compared without leaking time by the implementation
  boolean maySend(String token);
}
