package metron.enrichment.network;

import metron.enrichment.AddressScope;
import metron.enrichment.CidrTable;
import metron.enrichment.Enricher;
import metron.event.Cidr;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.IpAddress;
import org.jspecify.annotations.Nullable;

/// Names the network of each end, and says which way the traffic went.
///
/// An address is internal if its zone is, or, without a zone, if its block is for use inside a site ([AddressScope]).
/// `network.direction` then is `internal`, `outbound`, `inbound` or `external` as ECS defines them for a perimeter; a
/// direction that the sensor gave stays. Multicast and broadcast have no side, so nothing is said for them.
public final class NetworkEnricher implements Enricher {
  private final CidrTable<NetworkConfig.Zone> zones = new CidrTable<>();

  public NetworkEnricher(NetworkConfig config) {
    for (NetworkConfig.Zone zone : config.zones()) {
      for (Cidr network : zone.networks()) {
        // The first of two zones with the same network has it.
        zones.update(network, old -> old == null ? zone : old);
      }
    }
  }

  @Override
  public String name() {
    return "networks";
  }

  @Override
  public void enrich(Event event) {
    IpAddress source = event.ip(Ecs.SOURCE_IP);
    IpAddress destination = event.ip(Ecs.DESTINATION_IP);
    NetworkConfig.Zone from = source == null ? null : zones.longest(source);
    NetworkConfig.Zone to = destination == null ? null : zones.longest(destination);
    if (from != null) {
      event.set(Ecs.METRON_SOURCE_NETWORK, from.name());
    }
    if (to != null) {
      event.set(Ecs.METRON_DESTINATION_NETWORK, to.name());
    }
    if (source == null || destination == null || event.has(Ecs.NETWORK_DIRECTION)) {
      return;
    }
    AddressScope target = AddressScope.of(destination);
    if (target == AddressScope.MULTICAST || target == AddressScope.UNASSIGNED) {
      return;
    }
    boolean in = internal(source, from);
    boolean out = internal(destination, to);
    event.set(
        Ecs.NETWORK_DIRECTION,
        in ? (out ? "internal" : "outbound") : (out ? "inbound" : "external"));
  }

  private static boolean internal(IpAddress ip, NetworkConfig.@Nullable Zone zone) {
    return zone != null ? zone.internal() : AddressScope.of(ip) != AddressScope.PUBLIC;
  }
}
