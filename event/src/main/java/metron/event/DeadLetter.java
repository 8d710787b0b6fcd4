package metron.event;

import java.time.Instant;

/// A record that some step could not take: kept with its bytes, so that it can be looked at, mended and replayed.
///
/// @param raw the record, whole
/// @param stage the step that refused it
/// @param reason where, what was found, what was expected; at most a short excerpt of the bytes
/// @param at when it was refused
public record DeadLetter(RawMessage raw, Stage stage, String reason, Instant at) {
  /// The steps of the pipeline, in order.
  public enum Stage {
    PARSE,
    TRANSFORM,
    ENRICH,
    DETECT,
    STORE
  }
}
