package metron.pipeline;

import java.util.List;
import metron.event.DeadLetter;
import metron.event.Event;

/// What became of one message: exactly one of these, so that received = accepted + filtered + dead.
public sealed interface Outcome {
  /// One event or several, complete.
  ///
  /// @param events not copied: the pipeline hands them over
  record Accepted(List<Event> events) implements Outcome {}

  /// Left out on purpose.
  ///
  /// @param filter what left it out, such as `comment`
  record Filtered(String filter) implements Outcome {}

  /// Some step could not take it.
  record Dead(DeadLetter letter) implements Outcome {}
}
