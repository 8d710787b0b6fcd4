package metron.detection;

/// Told of rules that have no answer for an event, such as one that adds a number to a text. The event goes on without them.
@FunctionalInterface
public interface RuleFailures {
  /// @param rule document and name, the same at each failure
  /// @param reason what was found, what was expected
  void failed(String rule, String reason);
}
