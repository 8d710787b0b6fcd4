package metron.packets.protocol;

/// Bytes that all analysers together hold of messages that are not complete. Not thread-safe.
public final class BufferBudget {
  private final long most;
  private long held;

  public BufferBudget(long most) {
    this.most = most;
  }

  boolean take(long bytes) {
    if (held + bytes > most) {
      return false;
    }
    held += bytes;
    return true;
  }

  void give(long bytes) {
    held -= bytes;
  }

  /// Bytes held now.
  public long held() {
    return held;
  }
}
