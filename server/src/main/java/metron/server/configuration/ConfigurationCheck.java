package metron.server.configuration;

import java.util.List;
import java.util.Map;
import metron.config.Fault;

/// Says whether a configuration could run. Any thread.
@FunctionalInterface
public interface ConfigurationCheck {
  /// @param files the text of every file as it would be, by path
  /// @return all faults; none: it can be used
  List<Fault> check(Map<String, String> files);
}
