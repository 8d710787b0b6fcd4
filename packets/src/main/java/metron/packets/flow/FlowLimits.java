package metron.packets.flow;

import java.time.Duration;

/// When a flow that no packet ends is over, and how many there may be.
///
/// @param flows most that are open at once, 16 to 16,777,216
/// @param tcpIdle after which a TCP flow is over
/// @param tcpLinger how long a TCP flow that both ends closed, or one reset, still takes late packets
/// @param udpIdle after which a UDP flow is over
/// @param otherIdle after which a flow of another protocol is over
public record FlowLimits(
    int flows, Duration tcpIdle, Duration tcpLinger, Duration udpIdle, Duration otherIdle) {
  public static final FlowLimits DEFAULT =
      new FlowLimits(
          262_144,
          Duration.ofMinutes(5),
          Duration.ofSeconds(5),
          Duration.ofMinutes(1),
          Duration.ofMinutes(1));

  /// As far as possible one flow for the same two ends over the whole capture, however long they were silent.
  public static final FlowLimits WHOLE_CAPTURE =
      new FlowLimits(
          1_048_576,
          Duration.ofDays(3_650),
          Duration.ofDays(3_650),
          Duration.ofDays(3_650),
          Duration.ofDays(3_650));

  public FlowLimits {
    if (flows < 16 || flows > 1 << 24) {
      throw new IllegalArgumentException("flows is " + flows + ", expected 16 to 16777216");
    }
  }
}
