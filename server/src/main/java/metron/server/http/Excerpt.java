package metron.server.http;

/// A short piece of text that somebody sent, fit to be shown in a message: at most 80 characters, control characters escaped.
public final class Excerpt {
  private static final int LONGEST = 80;

  private Excerpt() {}

  public static String of(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length() && i < LONGEST; i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) || Character.isSurrogate(c)) {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    return text.length() > LONGEST ? out.append('…').toString() : out.toString();
  }
}
