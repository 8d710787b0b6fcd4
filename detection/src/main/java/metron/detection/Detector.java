package metron.detection;

import java.util.List;
import metron.event.Event;

/// Looks at an enriched event and says what is suspicious about it.
public interface Detector {
  /// Short and the same for ever: it is what `metron.skipped` and Health show, such as `ids`.
  String name();

  /// @param contributions where findings are added
  void detect(Event event, List<Contribution> contributions);
}
