package metron.server.sensor;

import java.util.List;
import metron.event.DeadLetter;
import metron.event.Event;
import org.jspecify.annotations.Nullable;

/// What became of one line.
///
/// @param events none where it was refused or left out
/// @param rejected absent: it was not refused
/// @param filtered why it was left out on purpose; absent: it was not
public record PreviewView(
    String line, List<Event> events, @Nullable Rejection rejected, @Nullable String filtered) {
  public record Rejection(DeadLetter.Stage stage, String reason) {}

  public static PreviewView of(String line, SensorPreview.Outcome outcome) {
    return switch (outcome) {
      case SensorPreview.Outcome.Accepted(var events) -> new PreviewView(line, events, null, null);
      case SensorPreview.Outcome.Filtered(var filter) ->
          new PreviewView(line, List.of(), null, filter);
      case SensorPreview.Outcome.Rejected(var stage, var reason) ->
          new PreviewView(line, List.of(), new Rejection(stage, reason), null);
    };
  }
}
