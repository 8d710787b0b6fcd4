package metron.detection.sigma;

import java.util.List;

/// A rule that was read.
///
/// @param id UUID, or the title where the file has none
/// @param file where it stands
/// @param tags such as `attack.t1059.001`
/// @param inactive why it can't be asked; empty: it can
public record SigmaRule(
    String id,
    String title,
    String file,
    String author,
    String description,
    Level level,
    String status,
    List<String> tags,
    List<String> references,
    List<String> falsePositives,
    LogSource logSource,
    Node condition,
    String inactive) {
  public SigmaRule {
    tags = List.copyOf(tags);
    references = List.copyOf(references);
    falsePositives = List.copyOf(falsePositives);
  }

  public boolean active() {
    return inactive.isEmpty();
  }
}
