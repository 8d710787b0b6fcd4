package metron.packets.filter;

import java.util.Optional;
import metron.event.Cidr;
import metron.packets.decode.DecodedPacket;
import metron.packets.decode.FlowIds;
import metron.packets.decode.TagKind;

/// A predicate on packets, from text such as `host 10.0.0.5 and tcp port 443`.
///
/// The language is tcpdump's: `host`, `net`, `port`, `portrange`, `proto`, `vlan`, `mpls`, `less`, `greater`, `len`, with
/// `src`/`dst` and a protocol before them, `and`/`or`/`not` where `and` and `or` have the same rank and are read from the
/// left, and a value alone taking up the last keyword (`port 80 or 443`). More than it has: `vxlan`, `geneve`, `gtp`,
/// `community-id`.
///
/// Different from tcpdump, a condition holds if any layer of the packet meets it: `host X` sees through VLAN tags, MPLS and
/// tunnels, and into the packet that an ICMP error quotes. `outer (…)` looks at the outermost network header as tcpdump does.
///
/// Immutable; a decoded packet in, no allocation (but for `community-id`).
public final class PacketFilter {
  /// Matches every packet.
  public static final PacketFilter ALL = of(new Condition.All());

  private interface Test {
    boolean on(DecodedPacket packet, long wire);
  }

  private final Condition condition;
  private final Test test;

  private PacketFilter(Condition condition) {
    this.condition = condition;
    this.test = compile(condition);
  }

  /// @throws FilterSyntaxException saying where and what was expected
  public static PacketFilter parse(String text) throws FilterSyntaxException {
    return new PacketFilter(new FilterParser(text, Scope.EVERY_LAYER).parse());
  }

  /// As [#parse], with each condition on the outermost network header, so that a filter gives what tcpdump gives.
  public static PacketFilter parseOuter(String text) throws FilterSyntaxException {
    return new PacketFilter(new FilterParser(text, Scope.OUTER).parse());
  }

  public static PacketFilter of(Condition condition) {
    return new PacketFilter(condition);
  }

  public Condition condition() {
    return condition;
  }

  /// @param wireLength see [metron.packets.Packet#wireLength]
  public boolean matches(DecodedPacket packet, int wireLength) {
    return test.on(packet, Integer.toUnsignedLong(wireLength));
  }

  private static Test compile(Condition condition) {
    return switch (condition) {
      case Condition.All() -> (_, _) -> true;
      case Condition.And(var left, var right) -> {
        Test a = compile(left);
        Test b = compile(right);
        yield (p, wire) -> a.on(p, wire) && b.on(p, wire);
      }
      case Condition.Or(var left, var right) -> {
        Test a = compile(left);
        Test b = compile(right);
        yield (p, wire) -> a.on(p, wire) || b.on(p, wire);
      }
      case Condition.Not(var inner) -> {
        Test a = compile(inner);
        yield (p, wire) -> !a.on(p, wire);
      }
      case Condition.Address address -> address(address);
      case Condition.Port port -> (p, _) -> port(port, p);
      case Condition.Protocol protocol -> (p, _) -> protocol(protocol, p);
      case Condition.Network(var network, var scope) ->
          (p, _) -> {
            for (int l = scope.levels(p) - 1; l >= 0; l--) {
              if (p.network(l) == network) {
                return true;
              }
            }
            return false;
          };
      case Condition.Tag tag -> (p, _) -> tag(tag, p);
      case Condition.Length(var from, var to) -> (_, wire) -> wire >= from && wire <= to;
      case Condition.TcpFlags flags -> (p, _) -> flags(flags, p);
      case Condition.CommunityId(var id) ->
          (p, _) -> {
            for (int l = 0; l < p.levels(); l++) {
              Optional<String> found = FlowIds.communityId(p, l);
              if (found.isPresent() && found.get().equals(id)) {
                return true;
              }
            }
            return false;
          };
      case Condition.Flow flow -> (p, _) -> flow(flow, p);
    };
  }

  private static Test address(Condition.Address condition) {
    Cidr cidr = condition.cidr();
    int prefix = cidr.prefix();
    long highMask = prefix == 0 ? 0 : prefix >= 64 ? -1L : -1L << (64 - prefix);
    long lowMask = prefix <= 64 ? 0 : -1L << (128 - prefix);
    long high = cidr.address().high();
    long low = cidr.address().low();
    Condition.Side side = condition.side();
    Scope scope = condition.scope();
    int network = condition.network();
    return (p, _) -> {
      for (int l = scope.levels(p) - 1; l >= 0; l--) {
        if (network != 0 && p.network(l) != network) {
          continue;
        }
        boolean source = (p.sourceHigh(l) & highMask) == high && (p.sourceLow(l) & lowMask) == low;
        boolean destination =
            (p.destinationHigh(l) & highMask) == high && (p.destinationLow(l) & lowMask) == low;
        if (either(side, source, destination)) {
          return true;
        }
      }
      return false;
    };
  }

  private static boolean either(Condition.Side side, boolean source, boolean destination) {
    return switch (side) {
      case SOURCE -> source;
      case DESTINATION -> destination;
      case EITHER -> source || destination;
      case BOTH -> source && destination;
    };
  }

  private static boolean port(Condition.Port c, DecodedPacket p) {
    for (int l = c.scope().levels(p) - 1; l >= 0; l--) {
      if (!p.hasPorts(l)
          || (c.protocol() >= 0 && p.protocol(l) != c.protocol())
          || (c.network() != 0 && p.network(l) != c.network())
          // tcpdump does not walk extension headers.
          || (!c.scope().everyLayer() && p.firstNext(l) != p.protocol(l))) {
        continue;
      }
      int from = p.sourcePort(l);
      int to = p.destinationPort(l);
      if (either(c.side(), from >= c.from() && from <= c.to(), to >= c.from() && to <= c.to())) {
        return true;
      }
    }
    return false;
  }

  private static boolean protocol(Condition.Protocol c, DecodedPacket p) {
    for (int l = c.scope().levels(p) - 1; l >= 0; l--) {
      if (!p.isIp(l) || (c.network() != 0 && p.network(l) != c.network())) {
        continue;
      }
      boolean outerSeesIt =
          c.scope().everyLayer() || p.firstNext(l) == p.protocol(l) || p.firstNext(l) == 44;
      if ((p.protocol(l) == c.protocol() && outerSeesIt) || p.firstNext(l) == c.protocol()) {
        return true;
      }
    }
    return false;
  }

  private static boolean tag(Condition.Tag c, DecodedPacket p) {
    if (c.scope().everyLayer()) {
      for (int i = 0; i < p.tags(); i++) {
        if (p.tagKind(i) == c.kind()
            && (c.value() < 0 || Integer.toUnsignedLong(p.tagValue(i)) == c.value())) {
          return true;
        }
      }
      return false;
    }
    // The next tag of this kind before the first network header.
    int skip = c.kind() == TagKind.VLAN ? c.scope().vlans() : c.scope().mpls();
    int there = c.kind() == TagKind.VLAN ? p.outerVlans() : p.outerMpls();
    if (p.isOuterWrapped() || skip >= there) {
      return false;
    }
    for (int i = 0; i < p.tags(); i++) {
      if (p.tagKind(i) == c.kind() && skip-- == 0) {
        return c.value() < 0 || p.tagValue(i) == c.value();
      }
    }
    return false;
  }

  private static boolean flags(Condition.TcpFlags c, DecodedPacket p) {
    for (int l = c.scope().levels(p) - 1; l >= 0; l--) {
      int at = p.transportOffset(l) + 13;
      if (p.protocol(l) == DecodedPacket.TCP
          && p.hasPorts(l)
          && at < p.transportEnd(l)
          && (c.scope().everyLayer() || p.network(l) == DecodedPacket.IPV4)
          && c.comparison().holds(p.bytes()[at] & c.mask() & 255, c.value())) {
        return true;
      }
    }
    return false;
  }

  private static boolean flow(Condition.Flow c, DecodedPacket p) {
    for (int l = 0; l < p.levels(); l++) {
      if (p.protocol(l) != c.protocol()) {
        continue;
      }
      int from = p.hasPorts(l) ? p.sourcePort(l) : -1;
      int to = p.hasPorts(l) ? p.destinationPort(l) : -1;
      if ((from == c.sourcePort()
              && to == c.destinationPort()
              && p.sourceLow(l) == c.source().low()
              && p.sourceHigh(l) == c.source().high()
              && p.destinationLow(l) == c.destination().low()
              && p.destinationHigh(l) == c.destination().high())
          || (to == c.sourcePort()
              && from == c.destinationPort()
              && p.destinationLow(l) == c.source().low()
              && p.destinationHigh(l) == c.source().high()
              && p.sourceLow(l) == c.destination().low()
              && p.sourceHigh(l) == c.destination().high())) {
        return true;
      }
    }
    return false;
  }
}
