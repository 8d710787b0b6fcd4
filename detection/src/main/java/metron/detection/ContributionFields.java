package metron.detection;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import metron.event.Ecs;
import metron.event.Event;

/// Contributions as they lie in an event: four lists in step, `metron.contributions.{kind,name,reason,score}`.
public final class ContributionFields {
  private ContributionFields() {}

  /// What made the event suspicious, worst first; empty if nothing did. An entry that another program wrote and that is no
  /// contribution is passed over.
  public static List<Contribution> read(Event event) {
    List<Object> kinds = event.values(Ecs.METRON_CONTRIBUTIONS_KIND);
    List<Object> names = event.values(Ecs.METRON_CONTRIBUTIONS_NAME);
    List<Object> reasons = event.values(Ecs.METRON_CONTRIBUTIONS_REASON);
    List<Object> scores = event.values(Ecs.METRON_CONTRIBUTIONS_SCORE);
    int count =
        Math.min(Math.min(kinds.size(), names.size()), Math.min(reasons.size(), scores.size()));
    List<Contribution> out = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      for (Contribution.Kind kind : Contribution.Kind.values()) {
        if (kind.name().equalsIgnoreCase(kinds.get(i).toString())
            && scores.get(i) instanceof Double score
            && score >= 0
            && score <= 100) {
          out.add(
              new Contribution(kind, names.get(i).toString(), reasons.get(i).toString(), score));
        }
      }
    }
    return out;
  }

  /// @param contributions in the order to be shown
  static void write(Event event, List<Contribution> contributions) {
    int count = contributions.size();
    List<String> kinds = new ArrayList<>(count);
    List<String> names = new ArrayList<>(count);
    List<String> reasons = new ArrayList<>(count);
    List<Double> scores = new ArrayList<>(count);
    for (Contribution c : contributions) {
      kinds.add(c.kind().name().toLowerCase(Locale.ROOT));
      names.add(c.name());
      reasons.add(c.reason());
      scores.add(c.score());
    }
    event.set(Ecs.METRON_CONTRIBUTIONS_KIND, kinds);
    event.set(Ecs.METRON_CONTRIBUTIONS_NAME, names);
    event.set(Ecs.METRON_CONTRIBUTIONS_REASON, reasons);
    event.set(Ecs.METRON_CONTRIBUTIONS_SCORE, scores);
  }
}
