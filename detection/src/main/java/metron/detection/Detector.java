package metron.detection;

import java.util.List;
import metron.event.Event;

/// Looks at an enriched event and says what is suspicious about it.
public interface Detector {
  /// Short and the same for ever: it is what `metron.skipped` and Health show, such as `ids`.
  String name();

  /// A detector for one thread: this one, where it keeps nothing between events.
  ///
  /// @param failures told of rules that have no answer
  default Detector forThread(RuleFailures failures) {
    return this;
  }

  /// @param contributions where findings are added
  void detect(Event event, List<Contribution> contributions);
}
