package metron.detection;

/// One thing that makes an event suspicious.
///
/// @param kind what found it
/// @param name rule, signature or feed, as a person knows it
/// @param reason one sentence: what was seen and why it matters
/// @param score 0 to 100
public record Contribution(Kind kind, String name, String reason, double score) {
  public enum Kind {
    INDICATOR,
    IDS,
    TRIAGE,
    SIGMA,
    PROFILE,
    MODEL
  }

  public Contribution {
    if (!(score >= 0 && score <= 100)) {
      throw new IllegalArgumentException(
          "score of '" + name + "' is " + score + ", expected 0 to 100");
    }
  }
}
