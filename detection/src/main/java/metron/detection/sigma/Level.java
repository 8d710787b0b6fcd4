package metron.detection.sigma;

/// How bad a match is, as the rule's author sees it, and the score it contributes.
public enum Level {
  INFORMATIONAL(10),
  LOW(25),
  MEDIUM(50),
  HIGH(75),
  CRITICAL(95);

  private final double score;

  Level(double score) {
    this.score = score;
  }

  /// 0 to 100.
  public double score() {
    return score;
  }
}
