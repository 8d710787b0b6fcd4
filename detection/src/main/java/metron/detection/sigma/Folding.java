package metron.detection.sigma;

/// Case-blind comparison: both sides are folded, character by character, so that places in a text stay the same.
final class Folding {
  private Folding() {}

  static String fold(String text) {
    int i = 0;
    while (i < text.length() && fold(text.charAt(i)) == text.charAt(i)) {
      i++;
    }
    if (i == text.length()) {
      return text;
    }
    char[] folded = text.toCharArray();
    for (; i < folded.length; i++) {
      folded[i] = fold(folded[i]);
    }
    return new String(folded);
  }

  static char fold(char c) {
    if (c < 128) {
      return c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
    }
    return Character.toLowerCase(c);
  }
}
