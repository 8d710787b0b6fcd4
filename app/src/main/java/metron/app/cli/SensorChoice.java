package metron.app.cli;

import java.io.IOException;
import java.util.Map;
import metron.app.start.DataDirectory;
import metron.config.ConfigException;
import metron.config.Spelling;
import metron.parsers.Sensor;
import metron.parsers.Sensors;

/// The sensors that the command line knows: those shipped, and those in the data directory's `conf/sensors`.
final class SensorChoice {
  private SensorChoice() {}

  /// @throws CommandFailed if a definition of the user is faulty, naming every fault
  static Sensors all(DataDirectory data) throws CommandFailed, IOException {
    Map<String, String> own = data.sensorDefinitions();
    if (own.isEmpty()) {
      return Sensors.shipped();
    }
    try {
      return Sensors.shipped().with(Sensors.load(own));
    } catch (ConfigException e) {
      throw CommandFailed.failed(e.getMessage() == null ? "a sensor is faulty" : e.getMessage());
    }
  }

  /// @throws CommandFailed if there is no such sensor, naming the one that was meant
  static Sensor find(Sensors sensors, String name) throws CommandFailed {
    Sensor found = sensors.sensor(name).orElse(null);
    if (found == null) {
      String hint = Spelling.hint(name, sensors.names());
      throw CommandFailed.wrongUse(
          "no sensor is called '"
              + name
              + "'."
              + (hint.isEmpty() ? " 'metron sensors' lists them" : hint));
    }
    return found;
  }
}
