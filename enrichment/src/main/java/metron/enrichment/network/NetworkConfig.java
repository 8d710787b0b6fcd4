package metron.enrichment.network;

import java.util.ArrayList;
import java.util.List;
import metron.config.ConfigNode;
import metron.config.Section;
import metron.event.Cidr;

/// The networks that have a name.
///
/// @param zones in the order of the file; where networks nest, the narrowest names an address
public record NetworkConfig(List<Zone> zones) {
  /// @param name what people call it; not blank
  /// @param networks at least one
  /// @param internal whether it is yours; public addresses of your own belong here, a partner's network does not
  public record Zone(String name, List<Cidr> networks, boolean internal) {
    public Zone {
      networks = List.copyOf(networks);
    }
  }

  /// No names: private addresses are internal, all others external.
  public static final NetworkConfig DEFAULT = new NetworkConfig(List.of());

  public NetworkConfig {
    zones = List.copyOf(zones);
  }

  /// Reads a list of `{name, cidrs, internal}` below `networks` of the section `enrichment`.
  public static NetworkConfig read(Section enrichment) {
    List<Zone> zones = new ArrayList<>();
    for (Section zone : enrichment.children("networks")) {
      String name = zone.string("name");
      boolean internal = zone.bool("internal", true);
      List<Cidr> cidrs = new ArrayList<>();
      for (ConfigNode item : zone.items("cidrs")) {
        String text = item.text(zone.faults());
        Cidr.parse(text)
            .ifPresentOrElse(
                cidrs::add,
                () ->
                    zone.faults()
                        .add(
                            item.at(),
                            "cidrs has \"" + text + "\", expected a network such as 10.1.0.0/16"));
      }
      if (!zone.has("cidrs")) {
        zone.fault("cidrs", "key 'cidrs' is missing, expected a list of networks");
      }
      zone.finish();
      zones.add(new Zone(name, cidrs, internal));
    }
    return new NetworkConfig(zones);
  }
}
