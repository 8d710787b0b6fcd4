package metron.stellar.function;

import org.jspecify.annotations.Nullable;

/// Finds a text that every match of a regular expression contains, such as `/gate.php` in
/// `.*/gate\.php\?id=[0-9]+`. Looking for it first costs some ten nanoseconds, and most texts that a
/// rule looks at do not have it.
///
/// Reads only what it is sure of: ordinary characters one after the other, outside of groups. Where
/// an expression has alternatives at its top, flags or anything else that could make a character
/// optional, there is no such text.
final class RequiredText {
  private final String expression;
  private final StringBuilder run = new StringBuilder();
  private String longest = "";
  private int at;

  private RequiredText(String expression) {
    this.expression = expression;
  }

  /// @param expression one that `java.util.regex` accepts
  /// @return null where none is known
  static @Nullable String of(String expression) {
    RequiredText text = new RequiredText(expression);
    return text.read() && !text.longest.isEmpty() ? text.longest : null;
  }

  private boolean read() {
    while (at < expression.length()) {
      char c = expression.charAt(at++);
      boolean known =
          switch (c) {
            case '|', '*', '+', '?', '{', ')' -> false;
            case '.', '^', '$' -> other();
            case '[' -> bracket() && other();
            case '(' -> group() && other();
            case '\\' -> escape();
            default -> !Character.isSurrogate(c) && literal(c);
          };
      if (!known) {
        return false;
      }
    }
    end();
    return true;
  }

  /// A character that stands for itself, with what says how often.
  private boolean literal(char c) {
    if (at < expression.length()) {
      switch (expression.charAt(at)) {
        case '*', '?', '{' -> {
          return other();
        }
        case '+' -> {
          run.append(c);
          return other();
        }
        default -> {
          // Once, below.
        }
      }
    }
    run.append(c);
    return true;
  }

  /// Something that is no text, with what says how often.
  private boolean other() {
    end();
    if (at < expression.length()) {
      char c = expression.charAt(at);
      if (c == '{') {
        int close = expression.indexOf('}', at);
        if (close < 0) {
          return false;
        }
        at = close + 1;
      } else if (c == '*' || c == '+' || c == '?') {
        at++;
      } else {
        return true;
      }
      if (at < expression.length()
          && (expression.charAt(at) == '?' || expression.charAt(at) == '+')) {
        at++;
      }
    }
    return true;
  }

  private void end() {
    if (run.length() > longest.length()) {
      longest = run.toString();
    }
    run.setLength(0);
  }

  private boolean escape() {
    if (at == expression.length()) {
      return false;
    }
    char c = expression.charAt(at++);
    if ("dDwWsShHvVbBAzZ".indexOf(c) >= 0) {
      return other();
    }
    // References, code points, properties, quotations: not worth the reading.
    return c < 128 && !Character.isLetterOrDigit(c) && literal(c);
  }

  /// Skips a class; one with a bracket where some engines take it for itself is not read.
  private boolean bracket() {
    int depth = 1;
    boolean first = true;
    while (at < expression.length()) {
      char c = expression.charAt(at++);
      switch (c) {
        case '\\' -> {
          if (at == expression.length() || expression.charAt(at) == 'Q') {
            return false;
          }
          at++;
        }
        case '[' -> depth++;
        case ']' -> {
          if (first) {
            return false;
          }
          if (--depth == 0) {
            return true;
          }
        }
        default -> {
          // Part of the class.
        }
      }
      first = c == '[' || (first && c == '^');
    }
    return false;
  }

  /// Skips a group; one with flags or a look-around is not read.
  private boolean group() {
    if (expression.startsWith("?", at) && !expression.startsWith("?:", at)) {
      return false;
    }
    int depth = 1;
    while (at < expression.length()) {
      char c = expression.charAt(at++);
      switch (c) {
        case '\\' -> {
          if (at == expression.length() || expression.charAt(at) == 'Q') {
            return false;
          }
          at++;
        }
        case '[' -> {
          if (!bracket()) {
            return false;
          }
        }
        case '(' -> {
          if (expression.startsWith("?", at) && !expression.startsWith("?:", at)) {
            return false;
          }
          depth++;
        }
        case ')' -> {
          if (--depth == 0) {
            return true;
          }
        }
        default -> {
          // Part of the group.
        }
      }
    }
    return false;
  }
}
