package metron.packets.analysis;

import metron.packets.flow.Flow;
import metron.packets.flow.FlowListener;
import metron.packets.stream.StreamConsumer;
import org.jspecify.annotations.Nullable;

/// What wants to know of traffic. Flows are valid during a call only; arrays too.
public interface TrafficListener extends FlowListener {
  /// A TCP flow has begun.
  ///
  /// @return who takes its bytes; null (there are as many answers as flows) if nobody wants them
  default @Nullable StreamConsumer stream(Flow flow) {
    return null;
  }

  /// A UDP datagram, put together from fragments if need be.
  ///
  /// @param side who sent it
  /// @param frame number of the packet that brought or completed it, from 1
  default void datagram(
      Flow flow, int side, byte[] bytes, int offset, int end, long frame, long time) {}

  /// An ICMP or ICMPv6 message, from its type on.
  default void icmp(
      Flow flow, int side, byte[] bytes, int offset, int end, long frame, long time) {}
}
