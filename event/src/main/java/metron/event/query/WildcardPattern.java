package metron.event.query;

import java.util.Locale;

/// Matches `*`, `?` and `\` patterns as [Query.Wildcard] means them, without case. Time is at most pattern × text: only the
/// last `*` is ever tried again.
public final class WildcardPattern {
  private static final int ANY_RUN = -1;
  private static final int ANY_ONE = -2;

  // Code points in lower case, ANY_RUN or ANY_ONE.
  private final int[] parts;

  private WildcardPattern(int[] parts) {
    this.parts = parts;
  }

  public static WildcardPattern of(String pattern) {
    int[] points = pattern.toLowerCase(Locale.ROOT).codePoints().toArray();
    int[] parts = new int[points.length];
    int n = 0;
    for (int i = 0; i < points.length; i++) {
      int c = points[i];
      if (c == '\\' && i + 1 < points.length) {
        parts[n++] = points[++i];
      } else if (c == '*') {
        if (n == 0 || parts[n - 1] != ANY_RUN) {
          parts[n++] = ANY_RUN;
        }
      } else {
        parts[n++] = c == '?' ? ANY_ONE : c;
      }
    }
    return new WildcardPattern(java.util.Arrays.copyOf(parts, n));
  }

  /// Whether the pattern has a `*` or `?` that is not escaped.
  static boolean isPattern(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '*' || c == '?') {
        return true;
      }
    }
    return false;
  }

  public boolean matches(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    int t = 0;
    int p = 0;
    int star = -1;
    int starText = 0;
    while (t < lower.length()) {
      int c = lower.codePointAt(t);
      if (p < parts.length && parts[p] == ANY_RUN) {
        star = p++;
        starText = t;
      } else if (p < parts.length && (parts[p] == c || parts[p] == ANY_ONE)) {
        p++;
        t += Character.charCount(c);
      } else if (star >= 0) {
        p = star + 1;
        starText += Character.charCount(lower.codePointAt(starText));
        t = starText;
      } else {
        return false;
      }
    }
    while (p < parts.length && parts[p] == ANY_RUN) {
      p++;
    }
    return p == parts.length;
  }
}
