package metron.enrichment.indicator;

import java.util.ArrayList;
import java.util.List;

/// What was found in one event: each indicator once, with the field and the value it was found in first.
final class Matches {
  /// @param kind `ip`, `cidr`, `domain`, `subdomain`, `url`, `hash` or `email`
  /// @param field name of the field, such as `destination.ip`
  /// @param atomic the value as the event has it
  record Match(Indicator indicator, String kind, String field, String atomic) {}

  /// More than any event needs; a list of hostile length ends here.
  private static final int MOST = 64;

  private final List<Match> all = new ArrayList<>(2);
  private int named;

  void add(Indicator indicator, String kind) {
    if (all.size() == MOST) {
      return;
    }
    for (Match m : all) {
      if (m.indicator.equals(indicator)) {
        return;
      }
    }
    all.add(new Match(indicator, kind, "", ""));
  }

  /// Says where the matches since the last call were found.
  void name(String field, String atomic) {
    for (; named < all.size(); named++) {
      Match m = all.get(named);
      all.set(named, new Match(m.indicator, m.kind, field, atomic));
    }
  }

  /// Most confident first; among equals in the order of finding.
  List<Match> ranked() {
    all.sort((a, b) -> Integer.compare(b.indicator.confidence(), a.indicator.confidence()));
    return all;
  }
}
