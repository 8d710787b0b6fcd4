package metron.event.query;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A regular expression over a whole text, without case, under a budget of steps: Java's engine reads the text through a
/// sequence that counts, and gives up when the count is over. RE2/J would not need that, but was measured 20 times slower.
public final class RegexPattern {
  /// Longest expression taken, in characters.
  public static final int MAX_LENGTH = 1000;

  /// Characters the engine may look at for one text.
  public static final int MAX_STEPS = 200_000;

  private final Pattern pattern;

  private RegexPattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /// The text took more steps than the budget has, so whether it matches is not known.
  public static final class OverBudgetException extends RuntimeException {
    private static final long serialVersionUID = 1;

    OverBudgetException() {
      super("the regular expression took more than " + MAX_STEPS + " steps", null, false, false);
    }
  }

  /// @throws PatternSyntaxException if it is malformed, too long, or has what the RE2 kind lacks: back references,
  ///     look-around, atomic groups and possessive quantifiers
  public static RegexPattern of(String expression) {
    if (expression.length() > MAX_LENGTH) {
      throw new PatternSyntaxException(
          "longer than " + MAX_LENGTH + " characters", expression, MAX_LENGTH);
    }
    refuseBeyondRe2(expression);
    try {
      return new RegexPattern(
          Pattern.compile(
              expression, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL));
    } catch (StackOverflowError e) {
      throw new PatternSyntaxException("nested too deeply", expression, 0);
    }
  }

  private static void refuseBeyondRe2(String s) {
    boolean inClass = false;
    boolean quantified = false;
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      char next = i + 1 < s.length() ? s.charAt(i + 1) : 0;
      boolean quantifier = false;
      if (c == '\\') {
        if (!inClass && ((next >= '1' && next <= '9') || next == 'k')) {
          throw new PatternSyntaxException("back references are not taken", s, i);
        }
        if (next == 'Q') {
          throw new PatternSyntaxException("quoting with \\Q is not taken", s, i);
        }
        i++;
      } else if (inClass) {
        inClass = c != ']';
      } else if (c == '[') {
        inClass = true;
        if (next == '^') {
          i++;
          next = i + 1 < s.length() ? s.charAt(i + 1) : 0;
        }
        if (next == ']') {
          i++;
        }
      } else if (c == '(' && next == '?') {
        String rest = s.substring(i + 2);
        if (rest.startsWith("=")
            || rest.startsWith("!")
            || rest.startsWith("<=")
            || rest.startsWith("<!")) {
          throw new PatternSyntaxException("look-around is not taken", s, i);
        }
        if (rest.startsWith(">")) {
          throw new PatternSyntaxException("atomic groups are not taken", s, i);
        }
      } else if (c == '*' || c == '+' || c == '?' || c == '}') {
        if (c == '+' && quantified) {
          throw new PatternSyntaxException("possessive quantifiers are not taken", s, i);
        }
        quantifier = true;
      }
      quantified = quantifier;
    }
  }

  /// @throws OverBudgetException if the steps are used up
  public boolean matches(String text) {
    try {
      return pattern.matcher(new Counted(text, 0, text.length(), new int[] {MAX_STEPS})).matches();
    } catch (StackOverflowError e) {
      throw new OverBudgetException();
    }
  }

  private record Counted(String text, int from, int to, int[] left) implements CharSequence {
    @Override
    public int length() {
      return to - from;
    }

    @Override
    public char charAt(int index) {
      if (--left[0] < 0 || ((left[0] & 1023) == 0 && Thread.currentThread().isInterrupted())) {
        throw new OverBudgetException();
      }
      return text.charAt(from + index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Counted(text, from + start, from + end, left);
    }

    @Override
    public String toString() {
      return text.substring(from, to);
    }
  }
}
