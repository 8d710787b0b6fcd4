package metron.packets.protocol;

import metron.packets.flow.Flow;

/// Told of each finding as it is made.
public interface FindingListener {
  /// @param flow valid during the call
  /// @param side who said it
  /// @param frame number of the packet that completed it, from 1
  void found(Flow flow, int side, long frame, long time, Finding finding);
}
