package metron.stellar.functions.enrichment;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reference data by type and indicator, as a service of the surroundings of a program.
@FunctionalInterface
public interface ReferenceTables {
  /// What a table knows of an indicator.
  ///
  /// @param type the kind of data, which names the table, such as `malicious_ip`
  /// @return null when the table is unknown or does not have the indicator
  @Nullable Map<String, Object> row(String type, String indicator);
}
