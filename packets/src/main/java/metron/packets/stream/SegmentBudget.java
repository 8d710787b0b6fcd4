package metron.packets.stream;

/// Bytes that wait behind gaps, over all streams of one analysis. Not thread-safe.
public final class SegmentBudget {
  private final int perSide;
  private final long most;
  private long waiting;

  public SegmentBudget(StreamLimits limits) {
    perSide = limits.segmentBytes();
    most = limits.allSegmentBytes();
  }

  boolean allows(int already, int more) {
    return already + more <= perSide && waiting + more <= most;
  }

  void take(int bytes) {
    waiting += bytes;
  }

  void give(int bytes) {
    waiting -= bytes;
  }

  /// Bytes that wait now.
  public long waiting() {
    return waiting;
  }
}
