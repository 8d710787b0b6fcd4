package metron.stellar.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Cuts a source into tokens.
///
/// A name goes on over dots and colons, so that `source.ip` and `threat:triage:score` need no
/// quoting, but never ends with a colon. Keywords exist in lower case and in capitals and in no
/// mixture. A minus is always an operator here; the parser makes it part of a number.
final class Lexer {
  private static final Map<String, Token.Kind> KEYWORDS =
      Map.ofEntries(
          Map.entry("true", Token.Kind.TRUE),
          Map.entry("false", Token.Kind.FALSE),
          Map.entry("null", Token.Kind.NULL),
          Map.entry("in", Token.Kind.IN),
          Map.entry("and", Token.Kind.AND),
          Map.entry("or", Token.Kind.OR),
          Map.entry("not", Token.Kind.NOT),
          Map.entry("if", Token.Kind.IF),
          Map.entry("then", Token.Kind.THEN),
          Map.entry("else", Token.Kind.ELSE),
          Map.entry("exists", Token.Kind.EXISTS),
          Map.entry("match", Token.Kind.MATCH),
          Map.entry("default", Token.Kind.DEFAULT));

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(String source) {
    this.source = source;
  }

  /// @throws SyntaxException at the first thing that is no token
  static List<Token> tokens(String source) {
    Lexer lexer = new Lexer(source);
    lexer.run();
    return lexer.tokens;
  }

  /// The words that can't be names.
  static List<String> keywords() {
    return KEYWORDS.keySet().stream().sorted().toList();
  }

  private void run() {
    while (skipBlank()) {
      int start = at;
      char c = source.charAt(at);
      if (isNameStart(c)) {
        name(start);
      } else if (isDigit(c) || (c == '.' && isDigit(peek(1)))) {
        number(start);
      } else if (c == '\'' || c == '"') {
        text(start, c);
      } else {
        symbol(start, c);
      }
    }
    tokens.add(new Token(Token.Kind.END, null, new Span(source.length(), source.length())));
  }

  private boolean skipBlank() {
    while (at < source.length()) {
      char c = source.charAt(at);
      if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f') {
        at++;
      } else if (c == '/' && at + 1 < source.length() && source.charAt(at + 1) == '/') {
        int end = source.indexOf('\n', at);
        at = end < 0 ? source.length() : end + 1;
      } else {
        return true;
      }
    }
    return false;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isNameStart(char c) {
    return isLetter(c) || c == '_' || c == '$';
  }

  private void name(int start) {
    int end = start + 1;
    int last = end;
    while (end < source.length()) {
      char c = source.charAt(end);
      if (isLetter(c) || c == '_' || c == '.' || isDigit(c)) {
        last = ++end;
      } else if (c == ':') {
        end++;
      } else {
        break;
      }
    }
    at = last;
    String name = source.substring(start, last);
    if (name.equals("NaN")) {
      add(Token.Kind.NAN, Double.NaN, start);
      return;
    }
    Token.Kind kind = KEYWORDS.get(name);
    if (kind == null && name.length() <= 7) {
      String lower = name.toLowerCase(java.util.Locale.ROOT);
      if (name.equals(lower.toUpperCase(java.util.Locale.ROOT))) {
        kind = KEYWORDS.get(lower);
      }
    }
    if (kind == null) {
      add(Token.Kind.NAME, name, start);
    } else {
      add(kind, null, start);
    }
  }

  private void number(int start) {
    while (at < source.length() && isDigit(source.charAt(at))) {
      at++;
    }
    int digits = at - start;
    if (digits > 1 && source.charAt(start) == '0') {
      throw new SyntaxException(
          new Span(start, at), "a number does not begin with 0; write it without");
    }
    boolean whole = true;
    if (peek(0) == '.') {
      whole = false;
      at++;
      while (isDigit(peek(0))) {
        at++;
      }
    }
    if (peek(0) == 'e' || peek(0) == 'E') {
      int sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
      if (isDigit(peek(1 + sign))) {
        whole = false;
        at += 1 + sign;
        while (isDigit(peek(0))) {
          at++;
        }
      }
    }
    String text = source.substring(start, at);
    Object value;
    switch (peek(0)) {
      case 'l', 'L' -> {
        if (!whole) {
          throw new SyntaxException(
              new Span(start, at + 1), "a long has no fraction; write 'd' for a double");
        }
        at++;
        value = new Whole(text, true);
      }
      case 'f', 'F' -> {
        at++;
        value = Float.parseFloat(text);
      }
      case 'd', 'D' -> {
        at++;
        value = Double.parseDouble(text);
      }
      default -> value = whole ? new Whole(text, false) : (Object) Double.parseDouble(text);
    }
    if (isNameStart(peek(0)) || isDigit(peek(0))) {
      throw new SyntaxException(
          new Span(start, at + 1),
          "a number is followed by '" + peek(0) + "'; a name does not begin with a digit");
    }
    add(Token.Kind.NUMBER, value, start);
  }

  /// Digits whose range depends on the minus before them.
  record Whole(String digits, boolean isLong) {
    /// @throws SyntaxException when no long is that large
    Object value(boolean negative, Span span) {
      try {
        long value = Long.parseLong((negative ? "-" : "") + digits);
        if (isLong || value != (int) value) {
          return value;
        }
        return (int) value;
      } catch (NumberFormatException _) {
        throw new SyntaxException(
            span,
            "the number is outside the range of a long; write it as a double: " + shown() + "d");
      }
    }

    private String shown() {
      return digits.length() <= 24 ? digits : digits.substring(0, 24) + "…";
    }
  }

  private char peek(int ahead) {
    return at + ahead < source.length() ? source.charAt(at + ahead) : '\0';
  }

  private void text(int start, char quote) {
    StringBuilder text = null;
    int from = ++at;
    while (true) {
      if (at >= source.length()) {
        throw new SyntaxException(
            new Span(start, start + 1), "the string that begins here has no closing " + quote);
      }
      char c = source.charAt(at);
      if (c == quote) {
        break;
      }
      if (c != '\\') {
        at++;
        continue;
      }
      if (text == null) {
        text = new StringBuilder();
      }
      text.append(source, from, at);
      escape(text);
      from = at;
    }
    String value =
        text == null ? source.substring(from, at) : text.append(source, from, at).toString();
    at++;
    add(Token.Kind.TEXT, value, start);
  }

  /// `\r \n \t \\ \' \"` and a u with four hexadecimal digits. Any other backslash stays with what
  /// follows it: a regular expression needs no doubling.
  private void escape(StringBuilder text) {
    char c = peek(1);
    switch (c) {
      case 'n' -> text.append('\n');
      case 'r' -> text.append('\r');
      case 't' -> text.append('\t');
      case '\\', '\'', '"' -> text.append(c);
      case 'u' -> {
        int code = 0;
        for (int i = 2; i < 6; i++) {
          char digit = peek(i);
          int value = digit < 128 ? Character.digit(digit, 16) : -1;
          if (value < 0) {
            throw new SyntaxException(
                new Span(at, Math.min(at + 6, source.length())),
                "'\\u' is not followed by four hexadecimal digits");
          }
          code = code << 4 | value;
        }
        text.append((char) code);
        at += 6;
        return;
      }
      default -> {
        text.append('\\');
        at++;
        return;
      }
    }
    at += 2;
  }

  private void symbol(int start, char c) {
    char next = peek(1);
    Token.Kind two =
        switch (c) {
          case '=' -> next == '=' ? Token.Kind.EQUAL : next == '>' ? Token.Kind.LEADS_TO : null;
          case '!' -> next == '=' ? Token.Kind.NOT_EQUAL : null;
          case '<' -> next == '=' ? Token.Kind.LESS_OR_EQUAL : null;
          case '>' -> next == '=' ? Token.Kind.GREATER_OR_EQUAL : null;
          case '-' -> next == '>' ? Token.Kind.ARROW : null;
          case ':' -> next == '=' ? Token.Kind.ASSIGN : null;
          case '&' -> next == '&' ? Token.Kind.AND : null;
          case '|' -> next == '|' ? Token.Kind.OR : null;
          default -> null;
        };
    if (two != null) {
      at += 2;
      add(two, null, start);
      return;
    }
    Token.Kind one =
        switch (c) {
          case '!' -> Token.Kind.BANG;
          case '<' -> Token.Kind.LESS;
          case '>' -> Token.Kind.GREATER;
          case '+' -> Token.Kind.PLUS;
          case '-' -> Token.Kind.MINUS;
          case '*' -> Token.Kind.TIMES;
          case '/' -> Token.Kind.OVER;
          case '?' -> Token.Kind.QUESTION;
          case ':' -> Token.Kind.COLON;
          case ',' -> Token.Kind.COMMA;
          case '(' -> Token.Kind.OPEN;
          case ')' -> Token.Kind.CLOSE;
          case '[' -> Token.Kind.OPEN_LIST;
          case ']' -> Token.Kind.CLOSE_LIST;
          case '{' -> Token.Kind.OPEN_MAP;
          case '}' -> Token.Kind.CLOSE_MAP;
          default -> throw new SyntaxException(new Span(start, start + 1), unknown(c));
        };
    at++;
    add(one, null, start);
  }

  private static String unknown(char c) {
    return switch (c) {
      case '=' -> "'=' is no operator; write '==' to compare";
      case '&' -> "'&' is no operator; write 'and' or '&&'";
      case '|' -> "'|' is no operator; write 'or' or '||'";
      case '%', '^' -> "'" + c + "' is no operator of Stellar";
      case ';' -> "';' does not belong here; an expression ends without it";
      case '\u2018', '\u2019', '\u201c', '\u201d' ->
          "a typographic quote does not begin a string; write ' or \"";
      default ->
          Character.isISOControl(c) || c > 126
              ? String.format("the character U+%04X does not belong outside a string", (int) c)
              : "'" + c + "' does not belong outside a string";
    };
  }

  private void add(Token.Kind kind, @Nullable Object value, int start) {
    tokens.add(new Token(kind, value, new Span(start, at)));
  }
}
