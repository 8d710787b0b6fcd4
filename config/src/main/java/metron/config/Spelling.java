package metron.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/// Finds the word that was meant.
///
/// Distance is optimal string alignment (Damerau 1964 without repeated edits): insert, delete, replace, or swap two
/// neighbours cost one each. Case, `-` and `_` cost nothing.
public final class Spelling {
  private Spelling() {}

  /// The word nearest to `typed`; empty if none is near: more than a third of its letters wrong.
  public static Optional<String> nearest(String typed, Collection<String> words) {
    if (typed.length() > 64) {
      return Optional.empty();
    }
    String plain = plain(typed);
    String best = null;
    int bestDistance = Math.max(1, plain.length() / 3) + 1;
    for (String word : words) {
      int distance = distance(plain, plain(word), bestDistance);
      if (distance < bestDistance) {
        best = word;
        bestDistance = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  /// ` Did you mean 'x'?`, or nothing.
  public static String hint(String typed, Collection<String> words) {
    return nearest(typed, words).map(word -> " Did you mean '" + word + "'?").orElse("");
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }

  /// @return the distance, or `limit` if it is that or more
  static int distance(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) >= limit) {
      return limit;
    }
    int[] older = new int[b.length() + 1];
    int[] old = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      old[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replace = old[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int cost = Math.min(replace, Math.min(old[j], row[j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          cost = Math.min(cost, older[j - 2] + 1);
        }
        row[j] = cost;
      }
      int[] free = older;
      older = old;
      old = row;
      row = free;
    }
    return Math.min(old[b.length()], limit);
  }
}
