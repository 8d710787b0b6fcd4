package metron.packets.filter;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import metron.event.query.RegexPattern;

/// What is looked for in the bytes behind a packet's innermost header. A packet is looked at alone: what lies across two packets is
/// not found.
public sealed interface PayloadPattern {
  /// Anything.
  PayloadPattern ANY = new Anything();

  boolean isIn(byte[] bytes, int from, int to);

  /// Exactly these bytes, anywhere; hexadecimal digits, with or without spaces between.
  ///
  /// @throws FilterSyntaxException if they are none, saying what was found
  static PayloadPattern hex(String digits) throws FilterSyntaxException {
    try {
      byte[] bytes = HexFormat.of().parseHex(digits.replace(" ", ""));
      if (bytes.length > 0) {
        return new Literal(bytes);
      }
    } catch (IllegalArgumentException e) {
      throw new FilterSyntaxException(
          "'" + digits + "' is not hexadecimal, expected pairs of digits such as 4d5a90");
    }
    throw new FilterSyntaxException("no bytes are given, expected pairs of digits such as 4d5a90");
  }

  /// Exactly this text in UTF-8, anywhere.
  static PayloadPattern text(String text) throws FilterSyntaxException {
    if (text.isEmpty()) {
      throw new FilterSyntaxException("no text is given, expected one character or more");
    }
    return new Literal(text.getBytes(StandardCharsets.UTF_8));
  }

  /// A regular expression without case over the bytes, one character a byte, anywhere. Its steps are bounded: a packet on which it
  /// takes more counts as found, since it may be.
  static PayloadPattern regex(String expression) throws FilterSyntaxException {
    try {
      return new Expression(RegexPattern.of(".*(?:" + expression + ").*"));
    } catch (java.util.regex.PatternSyntaxException e) {
      throw new FilterSyntaxException(
          "regular expression '" + expression + "': " + e.getDescription());
    }
  }

  /// See [#ANY].
  record Anything() implements PayloadPattern {
    @Override
    public boolean isIn(byte[] bytes, int from, int to) {
      return true;
    }
  }

  /// Bytes, found with Horspool's algorithm.
  final class Literal implements PayloadPattern {
    private final byte[] wanted;
    private final int[] shifts = new int[256];

    private Literal(byte[] wanted) {
      this.wanted = wanted;
      java.util.Arrays.fill(shifts, wanted.length);
      for (int i = 0; i < wanted.length - 1; i++) {
        shifts[wanted[i] & 255] = wanted.length - 1 - i;
      }
    }

    @Override
    public boolean isIn(byte[] bytes, int from, int to) {
      int last = wanted.length - 1;
      for (int at = from; at + last < to; at += shifts[bytes[at + last] & 255]) {
        int i = last;
        while (i >= 0 && bytes[at + i] == wanted[i]) {
          i--;
        }
        if (i < 0) {
          return true;
        }
      }
      return false;
    }
  }

  /// See [#regex].
  record Expression(RegexPattern pattern) implements PayloadPattern {
    @Override
    public boolean isIn(byte[] bytes, int from, int to) {
      String text = new String(bytes, from, Math.max(0, to - from), StandardCharsets.ISO_8859_1);
      try {
        return pattern.matches(text);
      } catch (RegexPattern.OverBudgetException e) {
        // Whether it matches is not known: a search over-includes rather than to miss.
        return true;
      }
    }
  }
}
