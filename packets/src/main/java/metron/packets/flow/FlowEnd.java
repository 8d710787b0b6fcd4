package metron.packets.flow;

/// Why a flow is over.
public enum FlowEnd {
  /// No packet came for longer than the limit.
  IDLE,
  /// Both ends closed it, or one reset it.
  CLOSED,
  /// The same two ends and ports began anew.
  REUSED,
  /// The table was full and this one had been silent for longest.
  EVICTED,
  /// The capture ended.
  CAPTURE_END
}
