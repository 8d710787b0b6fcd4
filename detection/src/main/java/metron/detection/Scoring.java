package metron.detection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import metron.event.Ecs;
import metron.event.Event;

/// Runs the detectors over an event and makes one score of what they found.
///
/// With at least one contribution the event becomes an alert: `event.risk_score`, `event.kind` = `alert`, `event.reason`
/// (the worst contribution's, and how many more there are), `metron.is_alert`, and the lists of [ContributionFields], worst
/// first. Without one the event stays as it is.
public final class Scoring {
  /// More than a person reads; a hostile event can't grow without bound.
  static final int MOST = 64;

  private static final Comparator<Contribution> WORST_FIRST =
      Comparator.comparingDouble(Contribution::score).reversed();

  private final List<Detector> detectors;
  private final Aggregator aggregator;

  public Scoring(List<Detector> detectors, Aggregator aggregator) {
    this.detectors = List.copyOf(detectors);
    this.aggregator = aggregator;
  }

  /// @return whether the event is an alert now
  public boolean score(Event event) {
    List<Contribution> found = new ArrayList<>(0);
    for (int i = 0; i < detectors.size(); i++) {
      detectors.get(i).detect(event, found);
    }
    if (found.isEmpty()) {
      return false;
    }
    conclude(event, found);
    return true;
  }

  /// As [#score], for whoever runs the detectors: writes score, reason and contributions to the event.
  ///
  /// @param found at least one; sorted by this call
  public void conclude(Event event, List<Contribution> found) {
    found.sort(WORST_FIRST);
    double score = aggregator.of(counted(found));
    int more = found.size() - 1;
    String reason = found.getFirst().reason();
    event.set(Ecs.EVENT_RISK_SCORE, score);
    event.set(Ecs.EVENT_KIND, "alert");
    event.set(
        Ecs.EVENT_REASON,
        more == 0
            ? reason
            : reason + " (and " + more + (more == 1 ? " more sign)" : " more signs)"));
    event.set(Ecs.METRON_IS_ALERT, true);
    ContributionFields.write(event, found.size() > MOST ? found.subList(0, MOST) : found);
  }

  /// Each group as one contribution, by its own aggregator; the others as they are.
  private static List<Contribution> counted(List<Contribution> found) {
    Map<Contribution.Group, List<Contribution>> groups = new LinkedHashMap<>();
    List<Contribution> counted = new ArrayList<>(found.size());
    for (Contribution c : found) {
      if (c.group() == null) {
        counted.add(c);
      } else {
        groups.computeIfAbsent(c.group(), _ -> new ArrayList<>()).add(c);
      }
    }
    groups.forEach(
        (group, members) ->
            counted.add(
                new Contribution(
                    Contribution.Kind.TRIAGE, group.name(), "", group.aggregator().of(members))));
    return counted;
  }

  /// The detectors, in the order in which they run.
  public List<Detector> detectors() {
    return detectors;
  }
}
