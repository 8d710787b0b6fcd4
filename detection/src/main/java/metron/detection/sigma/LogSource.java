package metron.detection.sigma;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What kind of log a rule is about (Sigma, log source attributes); an empty part is not said.
public record LogSource(String category, String product, String service) {
  public static final LogSource ANY = new LogSource("", "", "");

  public LogSource {
    category = category.toLowerCase(Locale.ROOT);
    product = product.toLowerCase(Locale.ROOT);
    service = service.toLowerCase(Locale.ROOT);
  }

  /// Whether an event of the log source `other` is one that a rule for this is about: whatever is said here is said there, too.
  public boolean covers(LogSource other) {
    return (category.isEmpty() || category.equals(other.category))
        && (product.isEmpty() || product.equals(other.product))
        && (service.isEmpty() || service.equals(other.service));
  }

  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    if (!category.isEmpty()) {
      parts.add("category " + category);
    }
    if (!product.isEmpty()) {
      parts.add("product " + product);
    }
    if (!service.isEmpty()) {
      parts.add("service " + service);
    }
    return parts.isEmpty() ? "any" : String.join(", ", parts);
  }
}
