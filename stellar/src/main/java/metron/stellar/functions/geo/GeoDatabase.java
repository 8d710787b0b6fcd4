package metron.stellar.functions.geo;

import java.util.Map;

/// Where addresses are, as a service of the surroundings of a program.
@FunctionalInterface
public interface GeoDatabase {
  /// What is known of an address, under the names `locID`, `country`, `city`, `postalCode`,
  /// `dmaCode`, `latitude`, `longitude` and `location_point`; empty when nothing is.
  ///
  /// @param ip any text
  Map<String, String> place(String ip);
}
