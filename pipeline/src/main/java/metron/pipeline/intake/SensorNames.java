package metron.pipeline.intake;

import java.util.List;
import java.util.Optional;

/// The sensors that records may be sent to, as they are at the moment of asking.
public interface SensorNames {
  /// @param nameOrAlias as a sender writes it, in any case
  /// @return the sensor's own name
  Optional<String> find(String nameOrAlias);

  /// All names, for a message that says what could have been meant.
  List<String> all();
}
