package metron.detection;

import java.util.List;
import metron.event.Event;

/// Looks at an enriched event and says what is suspicious about it.
public interface Detector {
  /// @param contributions where findings are added
  void detect(Event event, List<Contribution> contributions);
}
