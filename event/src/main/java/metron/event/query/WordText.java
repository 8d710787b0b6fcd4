package metron.event.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Words as free text means them: runs of letters and digits, in lower case.
public final class WordText {
  private WordText() {}

  /// The words of a text, in order.
  public static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int i = 0;
    while (i < text.length()) {
      int start = i;
      i = wordEnd(text, i);
      if (i > start) {
        words.add(text.substring(start, i).toLowerCase(Locale.ROOT));
      } else {
        i += Character.charCount(text.codePointAt(i));
      }
    }
    return words;
  }

  /// The text from its first letter or digit to its last.
  static String trim(String text) {
    int[] points = text.codePoints().toArray();
    int from = 0;
    int to = points.length;
    while (from < to && !Character.isLetterOrDigit(points[from])) {
      from++;
    }
    while (to > from && !Character.isLetterOrDigit(points[to - 1])) {
      to--;
    }
    return new String(points, from, to - from);
  }

  private static int wordEnd(String text, int from) {
    int i = from;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      if (!Character.isLetterOrDigit(c)) {
        break;
      }
      i += Character.charCount(c);
    }
    return i;
  }

  /// Whether the words stand in `text` as whole words, next to each other and in this order.
  ///
  /// @param wanted in lower case, at least one
  static boolean contains(String text, List<String> wanted) {
    String first = wanted.getFirst();
    // Lower case by word, as an index sees them; a quick look for the first word spares most texts
    // the splitting.
    String lower = text.toLowerCase(Locale.ROOT);
    if (!lower.contains(first)) {
      return false;
    }
    if (wanted.size() == 1 && lower.length() == text.length()) {
      return whole(lower, first);
    }
    List<String> words = words(text);
    for (int i = 0; i + wanted.size() <= words.size(); i++) {
      if (words.subList(i, i + wanted.size()).equals(wanted)) {
        return true;
      }
    }
    return false;
  }

  private static boolean whole(String text, String word) {
    for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      int end = at + word.length();
      boolean starts = at == 0 || !Character.isLetterOrDigit(text.codePointBefore(at));
      boolean ends = end == text.length() || !Character.isLetterOrDigit(text.codePointAt(end));
      if (starts && ends) {
        return true;
      }
    }
    return false;
  }
}
