package metron.packets.filter;

import metron.event.Cidr;
import metron.event.IpAddress;
import metron.packets.decode.TagKind;

/// What a filter asks, as a tree.
public sealed interface Condition {
  /// Which end of a packet.
  enum Side {
    SOURCE,
    DESTINATION,
    EITHER,
    BOTH
  }

  /// True of every packet.
  record All() implements Condition {}

  record And(Condition left, Condition right) implements Condition {}

  record Or(Condition left, Condition right) implements Condition {}

  record Not(Condition condition) implements Condition {}

  /// An address in a network.
  ///
  /// @param network 4, 6 or [metron.packets.decode.DecodedPacket#ARP] to look at such headers only; 0 for all
  record Address(Side side, Cidr cidr, int network, Scope scope) implements Condition {}

  /// A port of TCP, UDP or SCTP.
  ///
  /// @param protocol IANA number; -1 for all three
  record Port(Side side, int from, int to, int protocol, int network, Scope scope)
      implements Condition {}

  /// What an IP header carries, IANA number.
  record Protocol(int protocol, int network, Scope scope) implements Condition {}

  /// 4, 6 or ARP.
  record Network(int network, Scope scope) implements Condition {}

  /// A tag of a kind, of any value if `value` is below 0.
  record Tag(TagKind kind, long value, Scope scope) implements Condition {}

  /// Bytes on the wire.
  record Length(long from, long to) implements Condition {}

  /// `flags & mask` compared with `value`.
  record TcpFlags(int mask, Comparison comparison, int value, Scope scope) implements Condition {}

  /// A flow in both directions, with the ICMP errors that quote it.
  record CommunityId(String id) implements Condition {}

  /// A flow by its ends, in both directions.
  ///
  /// @param sourcePort -1 where the protocol has none
  record Flow(
      IpAddress source, int sourcePort, IpAddress destination, int destinationPort, int protocol)
      implements Condition {}

  /// How two numbers compare.
  enum Comparison {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL;

    boolean holds(long a, long b) {
      return switch (this) {
        case EQUAL -> a == b;
        case NOT_EQUAL -> a != b;
        case LESS -> a < b;
        case LESS_OR_EQUAL -> a <= b;
        case GREATER -> a > b;
        case GREATER_OR_EQUAL -> a >= b;
      };
    }
  }
}
