package metron.packets.store;

import metron.packets.filter.PacketFilter;

/// What is looked for.
///
/// @param from earliest time, nanoseconds since the epoch, included
/// @param to latest time, included
/// @param limit most packets
public record Search(PacketFilter filter, long from, long to, long limit) {
  /// All time, no limit.
  public static Search of(PacketFilter filter) {
    return new Search(filter, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
  }
}
