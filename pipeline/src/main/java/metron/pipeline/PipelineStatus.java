package metron.pipeline;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the pipeline is at one moment, for Health and metrics.
///
/// @param at when it was measured
/// @param fault why the log could not be asked; null: all numbers are as of `at`
public record PipelineStatus(
    Instant at, List<SensorStatus> sensors, Totals totals, @Nullable String fault) {
  public PipelineStatus {
    sensors = List.copyOf(sensors);
  }

  /// Before the first measurement.
  public static final PipelineStatus NONE =
      new PipelineStatus(Instant.EPOCH, List.of(), new Totals(0, 0, 0, 0, 0, 0, 0, 0), null);

  /// Messages and events of one sensor since the log began.
  ///
  /// @param eventsPerSecond over the last ten seconds
  /// @param lag messages in the log that were not taken yet, or are taken and not stored yet
  /// @param received messages taken
  /// @param indexed messages whose events are in the stores
  /// @param events events made of them
  /// @param lastReceived when the newest taken message came in; null: none yet
  public record SensorStatus(
      String sensor,
      double eventsPerSecond,
      long lag,
      long received,
      long indexed,
      long filtered,
      long deadLetters,
      long events,
      @Nullable Instant lastReceived) {}

  /// Sums over all sensors. `inLog = received + waiting + missing`, and
  /// `received = indexed + filtered + deadLetters + difference`, where messages that are taken and not stored yet count as
  /// waiting, not as received.
  ///
  /// @param inLog messages that were ever put into the log, by its own offsets
  /// @param waiting messages still to come through
  /// @param missing offsets without a message, see [Ledger.Count#missing]
  /// @param difference 0 unless a message was lost or counted twice
  public record Totals(
      long inLog,
      long received,
      long indexed,
      long filtered,
      long deadLetters,
      long waiting,
      long missing,
      long difference) {}
}
