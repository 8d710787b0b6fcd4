package metron.packets.flow;

/// Told of flows as they end.
public interface FlowListener {
  /// @param flow valid during the call only: the table uses the object again
  void ended(Flow flow, FlowEnd why);
}
