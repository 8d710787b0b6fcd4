package metron.app.start;

import java.util.List;
import java.util.Optional;
import metron.parsers.Sensor;
import metron.pipeline.LiveConfiguration;
import metron.pipeline.intake.SensorNames;

/// The sensors that the intake may send to: those of the definition in use.
final class LiveSensors implements SensorNames {
  private final LiveConfiguration configuration;

  LiveSensors(LiveConfiguration configuration) {
    this.configuration = configuration;
  }

  @Override
  public Optional<String> find(String nameOrAlias) {
    return configuration.current().sensors().sensor(nameOrAlias).map(Sensor::name);
  }

  @Override
  public List<String> all() {
    return configuration.current().sensors().all().stream().map(Sensor::name).toList();
  }
}
