package metron.stellar.functions.geo;

import java.util.Map;

/// Whose addresses are, as a service of the surroundings of a program.
@FunctionalInterface
public interface AsnDatabase {
  /// What is known of an address, under the names `network`, `autonomous_system_number` and
  /// `autonomous_system_organization`; empty when nothing is.
  ///
  /// @param ip any text
  Map<String, Object> network(String ip);
}
