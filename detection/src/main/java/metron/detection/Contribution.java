package metron.detection;

import org.jspecify.annotations.Nullable;

/// One thing that makes an event suspicious.
///
/// @param kind what found it
/// @param name rule, signature or feed, as a person knows it
/// @param reason one sentence: what was seen and why it matters
/// @param score 0 to 100
/// @param group those that count as one; null: it counts by itself
public record Contribution(
    Kind kind, String name, String reason, double score, @Nullable Group group) {
  public enum Kind {
    INDICATOR,
    IDS,
    TRIAGE,
    SIGMA,
    PROFILE,
    MODEL
  }

  /// Contributions that become one score among themselves before that counts beside the others, such as those of one
  /// document of triage rules.
  public record Group(String name, Aggregator aggregator) {}

  public Contribution(Kind kind, String name, String reason, double score) {
    this(kind, name, reason, score, null);
  }

  public Contribution {
    if (!(score >= 0 && score <= 100)) {
      throw new IllegalArgumentException(
          "score of '" + name + "' is " + score + ", expected 0 to 100");
    }
  }
}
