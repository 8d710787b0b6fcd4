package metron.enrichment.geo;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import metron.config.ConfigNode;
import metron.config.Section;

/// Which databases tell where addresses are.
///
/// @param databases files as written, relative ones from the configuration's folder; the first that knows a fact is
///     believed, so a user's City database stands before the shipped ones
/// @param reload how often each file is looked at for a change; positive
/// @param cacheEntries addresses remembered, about 100 bytes each; 0 to 10,000,000
public record GeoConfig(List<Path> databases, Duration reload, int cacheEntries) {
  public static final GeoConfig DEFAULT = new GeoConfig(List.of(), Duration.ofSeconds(30), 65_536);

  public GeoConfig {
    databases = List.copyOf(databases);
  }

  /// Reads `geo` of the section `enrichment`.
  public static GeoConfig read(Section enrichment) {
    Section geo = enrichment.childOrEmpty("geo");
    List<Path> databases = new ArrayList<>();
    for (ConfigNode item : geo.items("databases")) {
      String text = item.text(geo.faults());
      try {
        databases.add(Path.of(text));
      } catch (InvalidPathException e) {
        geo.faults().add(item.at(), "databases has a value that is no path: " + e.getReason());
      }
    }
    GeoConfig config =
        new GeoConfig(
            databases,
            geo.duration("reload", DEFAULT.reload),
            geo.integer("cacheEntries", 0, 10_000_000, DEFAULT.cacheEntries));
    geo.finish();
    return config;
  }
}
