package metron.detection;

import java.util.List;

/// How the scores of several contributions become one. The result is 0 to 100, and 0 where there is none.
public enum Aggregator {
  /// The worst one decides: two weak signs do not make a strong one. The default.
  MAX,
  /// The average of all.
  MEAN,
  /// Signs add up, to 100 at most.
  SUM,
  /// The mildest one decides.
  MIN,
  /// The average of those above 0: a rule that only informs (score 0) does not dilute the others.
  POSITIVE_MEAN;

  public double of(List<Contribution> contributions) {
    double sum = 0;
    double max = 0;
    double min = 100;
    int positive = 0;
    for (Contribution c : contributions) {
      sum += c.score();
      max = Math.max(max, c.score());
      min = Math.min(min, c.score());
      positive += c.score() > 0 ? 1 : 0;
    }
    if (contributions.isEmpty()) {
      return 0;
    }
    double score =
        switch (this) {
          case MAX -> max;
          case MEAN -> sum / contributions.size();
          case SUM -> sum;
          case MIN -> min;
          case POSITIVE_MEAN -> positive == 0 ? 0 : sum / positive;
        };
    return Math.clamp(score, 0, 100);
  }
}
