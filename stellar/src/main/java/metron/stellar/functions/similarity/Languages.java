package metron.stellar.functions.similarity;

import java.util.Collections;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/// The language tags (IETF BCP 47) that this Java knows.
final class Languages {
  static final SortedSet<String> TAGS = tags();

  private Languages() {}

  private static SortedSet<String> tags() {
    SortedSet<String> tags = new TreeSet<>();
    for (Locale locale : Locale.getAvailableLocales()) {
      tags.add(locale.toLanguageTag());
    }
    return Collections.unmodifiableSortedSet(tags);
  }
}
