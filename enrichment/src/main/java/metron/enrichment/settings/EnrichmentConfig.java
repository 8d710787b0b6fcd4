package metron.enrichment.settings;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import metron.config.Section;
import metron.enrichment.Enricher;
import metron.enrichment.geo.GeoConfig;
import metron.enrichment.geo.GeoEnricher;
import metron.enrichment.indicator.IndicatorEnricher;
import metron.enrichment.indicator.IndicatorTable;
import metron.enrichment.network.NetworkConfig;
import metron.enrichment.network.NetworkEnricher;
import metron.stellar.functions.geo.AsnDatabase;
import metron.stellar.functions.geo.GeoDatabase;

/// What is configured of enrichment, such as
///
/// ```yaml
/// enrichment:
///   networks:
///     - name: office
///       cidrs: [10.10.0.0/16, 2001:db8:10::/48]
///     - name: partner
///       cidrs: [198.51.100.0/24]
///       internal: false
///   geo:
///     databases: [geo/GeoLite2-City.mmdb, geo/GeoLite2-ASN.mmdb]
///     reload: 30s
/// ```
public record EnrichmentConfig(NetworkConfig networks, GeoConfig geo) {
  public static final EnrichmentConfig DEFAULT =
      new EnrichmentConfig(NetworkConfig.DEFAULT, GeoConfig.DEFAULT);

  /// Reads the section `enrichment` and names what is unknown in it; use nothing before `faults.throwIfAny()`.
  public static EnrichmentConfig read(Section enrichment) {
    EnrichmentConfig config =
        new EnrichmentConfig(NetworkConfig.read(enrichment), GeoConfig.read(enrichment));
    enrichment.finish();
    return config;
  }

  /// What enrichment is made of.
  ///
  /// @param enrichers in the order in which they run
  /// @param services what Stellar's functions ask for, by the interface they ask with: `GEO_GET`, `ASN_GET`
  public record Parts(List<Enricher> enrichers, Map<Class<?>, Object> services) {
    public Parts {
      enrichers = List.copyOf(enrichers);
      services = Map.copyOf(services);
    }
  }

  /// Makes the enrichers, and what expressions may ask of them.
  ///
  /// @param base folder that relative database paths start from
  /// @param shippedDatabases databases of the distribution, asked after the configured ones
  public Parts parts(
      Path base, List<Path> shippedDatabases, IndicatorTable indicators, InstantSource clock) {
    List<Path> databases = new ArrayList<>();
    for (Path p : geo.databases()) {
      databases.add(base.resolve(p));
    }
    databases.addAll(shippedDatabases);
    GeoEnricher places = new GeoEnricher(databases, geo.reload(), geo.cacheEntries(), clock);
    return new Parts(
        List.of(new NetworkEnricher(networks), places, new IndicatorEnricher(indicators)),
        Map.of(
            GeoDatabase.class, (GeoDatabase) places::stellarPlace,
            AsnDatabase.class, (AsnDatabase) places::stellarNetwork));
  }
}
