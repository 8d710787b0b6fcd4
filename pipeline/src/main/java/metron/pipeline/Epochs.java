package metron.pipeline;

/// Versions of the definitions that make an event, written on each one so that a result can be reproduced. They only grow;
/// 0 is what is shipped.
///
/// @param parser sensor definitions and field transformations
/// @param enrichment networks, databases and indicator settings
/// @param rules detection and triage rules
public record Epochs(long parser, long enrichment, long rules) {
  /// Nothing but what is shipped.
  public static final Epochs SHIPPED = new Epochs(0, 0, 0);
}
