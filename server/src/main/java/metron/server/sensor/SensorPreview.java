package metron.server.sensor;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import metron.event.DeadLetter;
import metron.event.Event;

/// The sensors, and the pipeline to try lines on. Nothing that goes through here is stored. Any thread.
public interface SensorPreview {
  record Sensor(
      String name,
      List<String> aliases,
      String vendor,
      String product,
      String description,
      List<String> formats) {}

  /// What became of one record.
  sealed interface Outcome {
    record Accepted(List<Event> events) implements Outcome {}

    /// @param filter why it was left out
    record Filtered(String filter) implements Outcome {}

    record Rejected(DeadLetter.Stage stage, String reason) implements Outcome {}
  }

  /// All sensors, by name.
  List<Sensor> sensors();

  /// @param sensor name or alias
  Optional<Sensor> sensor(String sensor);

  /// Sends one record through parse, enrich and detect, as the stream would.
  ///
  /// @param sensor name or alias
  /// @param metadata as of [metron.event.RawMessage]
  /// @throws java.util.NoSuchElementException if there is no such sensor
  Outcome preview(String sensor, byte[] record, Map<String, String> metadata);
}
