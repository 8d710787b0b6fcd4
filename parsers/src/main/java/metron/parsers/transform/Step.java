package metron.parsers.transform;

import metron.event.Event;
import metron.stellar.function.Evaluation;
import org.jspecify.annotations.Nullable;

/// One change of an event. Safe for many threads, each with an evaluation of its own.
interface Step {
  /// @return why it can't be done; null when it was
  @Nullable String apply(Event event, Evaluation evaluation);
}
