package metron.stellar.function;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// A regular expression that can't stall a program. Java's engine runs it over a text that counts
/// every character looked at; an expression that looks at far more than the text is long is explosive,
/// and from then on RE2/J matches it in linear time where its syntax allows that. Java's engine is the
/// rule and RE2/J the exception because RE2/J is about twenty times slower on ordinary expressions.
///
/// Safe for use by many threads.
public final class Regex {
  // An ordinary expression looks at each character a few times.
  private static final long FREE_LOOKS = 20_000;
  private static final long LOOKS_PER_CHARACTER = 200;

  private final Pattern java;
  private final @Nullable String required;
  private volatile com.google.re2j.@Nullable Pattern linear;
  private volatile boolean explosive;

  private Regex(Pattern java) {
    this.java = java;
    this.required = RequiredText.of(java.pattern());
  }

  /// @param argument the argument to blame, counted from 1
  /// @throws FunctionFailure when the text is no regular expression
  public static Regex compile(int argument, String expression) {
    try {
      return new Regex(Pattern.compile(expression));
    } catch (PatternSyntaxException e) {
      throw FunctionFailure.argument(
          argument,
          "is no regular expression: %s at column %d"
              .formatted(e.getDescription(), Math.max(e.getIndex(), 0) + 1));
    } catch (StackOverflowError _) {
      throw FunctionFailure.argument(argument, "is a regular expression nested too deeply");
    }
  }

  /// A text that everything it matches contains, null where none is known.
  public @Nullable String required() {
    return required;
  }

  /// Whether the whole text matches.
  public boolean matches(Evaluation evaluation, String text) {
    Match match = run(evaluation, text, true);
    return match != null;
  }

  /// What a group of a match of the whole text captured.
  ///
  /// @param number 0 for the whole text
  /// @return null when the text does not match, the group took no part or does not exist
  public @Nullable String group(Evaluation evaluation, String text, int number) {
    Match match = run(evaluation, text, true);
    return match == null || number < 0 || number > match.groups() ? null : match.group(number);
  }

  /// Whether some part of the text matches.
  public boolean finds(Evaluation evaluation, String text) {
    return run(evaluation, text, false) != null;
  }

  /// Replaces every match, as `String.replaceAll` reads the replacement.
  ///
  /// @param argument the argument to blame for a bad replacement, counted from 1
  public String replaceAll(Evaluation evaluation, String text, int argument, String replacement) {
    evaluation.allocate(2L * text.length() + 2L * replacement.length());
    if (required != null && !text.contains(required)) {
      return text;
    }
    try {
      com.google.re2j.Pattern safe = linear;
      if (!explosive || safe == null) {
        Watched watched = new Watched(evaluation, text, explosive);
        try {
          Matcher matcher = java.matcher(watched);
          StringBuilder replaced = new StringBuilder();
          while (matcher.find()) {
            int before = replaced.length();
            matcher.appendReplacement(replaced, replacement);
            evaluation.allocate(2L * (replaced.length() - before));
          }
          return matcher.appendTail(replaced).toString();
        } catch (Explosion _) {
          safe = fallBack();
        } catch (StackOverflowError _) {
          safe = fallBack();
        }
      }
      evaluation.steps(text.length());
      return safe.matcher(text).replaceAll(replacement);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw FunctionFailure.argument(
          argument, "is no replacement: " + String.valueOf(e.getMessage()));
    }
  }

  private interface Match {
    int groups();

    @Nullable String group(int number);
  }

  private @Nullable Match run(Evaluation evaluation, String text, boolean whole) {
    if (required != null && !text.contains(required)) {
      return null;
    }
    com.google.re2j.Pattern safe = linear;
    if (!explosive || safe == null) {
      try {
        Matcher matcher = java.matcher(new Watched(evaluation, text, explosive));
        if (!(whole ? matcher.matches() : matcher.find())) {
          return null;
        }
        return new Match() {
          @Override
          public int groups() {
            return matcher.groupCount();
          }

          @Override
          public @Nullable String group(int number) {
            int start = matcher.start(number);
            return start < 0 ? null : text.substring(start, matcher.end(number));
          }
        };
      } catch (Explosion _) {
        safe = fallBack();
      } catch (StackOverflowError _) {
        safe = fallBack();
      }
    }
    evaluation.steps(text.length());
    com.google.re2j.Matcher matcher = safe.matcher(text);
    if (!(whole ? matcher.matches() : matcher.find())) {
      return null;
    }
    return new Match() {
      @Override
      public int groups() {
        return matcher.groupCount();
      }

      @Override
      public @Nullable String group(int number) {
        return matcher.group(number);
      }
    };
  }

  private com.google.re2j.Pattern fallBack() {
    com.google.re2j.Pattern safe = linear;
    if (safe == null) {
      try {
        safe = com.google.re2j.Pattern.compile(java.pattern());
      } catch (com.google.re2j.PatternSyntaxException e) {
        throw new BudgetExceeded(
            "a regular expression takes more steps than its text allows, and has no linear form: "
                + e.getDescription());
      }
      linear = safe;
    }
    explosive = true;
    return safe;
  }

  /// Thrown out of Java's engine when it looks at too many characters.
  private static final class Explosion extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Explosion() {
      super(null, null, false, false);
    }
  }

  /// A text that counts the looks at it. Counts in a field of its own and tells the evaluation in
  /// blocks: a look has to stay cheap.
  private static final class Watched implements CharSequence {
    private static final int BLOCK = 1024;

    private final Evaluation evaluation;
    private final String text;
    private final boolean noFallBack;
    private long left;
    private int block = BLOCK;

    Watched(Evaluation evaluation, String text, boolean noFallBack) {
      this.evaluation = evaluation;
      this.text = text;
      this.noFallBack = noFallBack;
      this.left = FREE_LOOKS + LOOKS_PER_CHARACTER * text.length();
    }

    @Override
    public char charAt(int index) {
      if (--block < 0) {
        block = BLOCK;
        left -= BLOCK;
        if (left < 0 && !noFallBack) {
          throw new Explosion();
        }
        evaluation.steps(BLOCK / 16);
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
