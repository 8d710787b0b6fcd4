package metron.packets.store;

import metron.packets.filter.PacketFilter;
import metron.packets.filter.PayloadPattern;

/// What is looked for.
///
/// @param from earliest time, nanoseconds since the epoch, included
/// @param to latest time, included
/// @param limit most packets
/// @param payload what the packet must carry; no index knows of it, so all packets that the rest leaves are read
public record Search(PacketFilter filter, long from, long to, long limit, PayloadPattern payload) {
  public Search(PacketFilter filter, long from, long to, long limit) {
    this(filter, from, to, limit, PayloadPattern.ANY);
  }

  /// All time, no limit.
  public static Search of(PacketFilter filter) {
    return new Search(filter, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
  }
}
