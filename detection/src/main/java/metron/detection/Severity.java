package metron.detection;

import java.util.Locale;

/// The word for a risk score, as the console and the reports use it.
public enum Severity {
  /// Below 40.
  LOW,
  /// 40 to below 70.
  MEDIUM,
  /// 70 to below 90.
  HIGH,
  /// 90 and more.
  CRITICAL;

  /// @param score 0 to 100
  public static Severity of(double score) {
    return score >= 90 ? CRITICAL : score >= 70 ? HIGH : score >= 40 ? MEDIUM : LOW;
  }

  /// Lower case.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
