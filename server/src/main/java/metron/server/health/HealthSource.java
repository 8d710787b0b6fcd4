package metron.server.health;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the running parts say of themselves. Called for each look at the Health page and each scrape, from several threads:
/// answers must be quick and never wait for a part that hangs.
public interface HealthSource {
  /// How a part is.
  enum Status {
    OK,
    DEGRADED,
    DOWN
  }

  /// @param name such as `log`, `pipeline` or `event store`
  /// @param reason what is wrong and the way out; null where all is well
  record PartHealth(String name, Status status, @Nullable String reason) {}

  /// @param eventsPerSecond over the last minute
  /// @param lag records in the log that are not read yet
  /// @param received records in the log, from the beginning
  /// @param indexed records that became events
  /// @param filtered records left out on purpose
  /// @param deadLetters records that could not be taken
  /// @param lastEvent when one was last received; null: never
  record SensorHealth(
      String name,
      double eventsPerSecond,
      long lag,
      long received,
      long indexed,
      long filtered,
      long deadLetters,
      @Nullable Instant lastEvent) {}

  /// Adds up: `received = indexed + filtered + deadLetters + waiting`.
  ///
  /// @param difference `received` less the rest; anything but 0 is a loss or a double
  record Ledger(
      long received,
      long indexed,
      long filtered,
      long deadLetters,
      long waiting,
      long difference) {}

  List<PartHealth> parts();

  List<SensorHealth> sensors();

  Ledger ledger();
}
