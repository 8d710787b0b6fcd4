/// Where an address is and whose network it belongs to. In: MaxMind-format databases (MMDB 2.0) and events. Out: `*.geo.*` and
/// `*.as.*` of each public end.
///
/// Start at [GeoEnricher]; a file that changes under it is [GeoDatabase]; [MmdbWriter] makes databases, [AsnDatabase] the
/// one that the build ships.
@NullMarked
package metron.enrichment.geo;

import org.jspecify.annotations.NullMarked;
