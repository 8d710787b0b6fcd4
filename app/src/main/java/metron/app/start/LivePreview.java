package metron.app.start;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import metron.event.DeadLetter;
import metron.event.Event;
import metron.event.RawMessage;
import metron.pipeline.LiveConfiguration;
import metron.pipeline.PipelineDefinition;
import metron.pipeline.StepFaults;
import metron.server.sensor.SensorPreview;

/// Tries lines on the definition that the stream uses at this moment.
final class LivePreview implements SensorPreview {
  private final LiveConfiguration configuration;
  private final StepFaults faults;
  private final InstantSource clock;

  LivePreview(LiveConfiguration configuration, StepFaults faults, InstantSource clock) {
    this.configuration = configuration;
    this.faults = faults;
    this.clock = clock;
  }

  @Override
  public List<Sensor> sensors() {
    return configuration.current().sensors().all().stream().map(LivePreview::view).toList();
  }

  @Override
  public Optional<Sensor> sensor(String sensor) {
    return configuration.current().sensors().sensor(sensor).map(LivePreview::view);
  }

  private static Sensor view(metron.parsers.Sensor s) {
    return new Sensor(s.name(), s.aliases(), s.vendor(), s.product(), s.description(), s.formats());
  }

  @Override
  public Outcome preview(String sensor, byte[] record, Map<String, String> metadata) {
    PipelineDefinition definition = configuration.current();
    String name =
        definition
            .sensors()
            .sensor(sensor)
            .orElseThrow(() -> new NoSuchElementException("there is no sensor " + sensor))
            .name();
    RawMessage raw =
        new RawMessage(name, "preview." + name, 0, 0, clock.instant(), record, metadata);
    return switch (definition.newPipeline(faults, clock).process(raw)) {
      case metron.pipeline.Outcome.Accepted(List<Event> events) -> new Outcome.Accepted(events);
      case metron.pipeline.Outcome.Filtered(String filter) -> new Outcome.Filtered(filter);
      case metron.pipeline.Outcome.Dead(DeadLetter letter) ->
          new Outcome.Rejected(letter.stage(), letter.reason());
    };
  }
}
