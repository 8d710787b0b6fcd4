package metron.packets.stream;

/// Why bytes of a stream are not there.
public enum Gap {
  /// The other side acknowledged them: they were sent, and the capture lacks their packets.
  LOST,
  /// Their packet was cut by the snap length.
  CUT,
  /// Nobody acknowledged them before the capture ended or too much waited for them.
  OPEN
}
