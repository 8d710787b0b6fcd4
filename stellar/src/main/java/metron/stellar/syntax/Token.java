package metron.stellar.syntax;

import org.jspecify.annotations.Nullable;

/// A word of the language.
///
/// @param value of a literal; the text of a name
record Token(Kind kind, @Nullable Object value, Span span) {
  enum Kind {
    END("the end"),
    NAME("a name"),
    NUMBER("a number"),
    TEXT("a string"),
    TRUE("true"),
    FALSE("false"),
    NULL("null"),
    NAN("NaN"),
    IN("in"),
    AND("and"),
    OR("or"),
    NOT("not"),
    BANG("!"),
    IF("if"),
    THEN("then"),
    ELSE("else"),
    EXISTS("exists"),
    MATCH("match"),
    DEFAULT("default"),
    EQUAL("=="),
    NOT_EQUAL("!="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    PLUS("+"),
    MINUS("-"),
    TIMES("*"),
    OVER("/"),
    QUESTION("?"),
    COLON(":"),
    COMMA(","),
    OPEN("("),
    CLOSE(")"),
    OPEN_LIST("["),
    CLOSE_LIST("]"),
    OPEN_MAP("{"),
    CLOSE_MAP("}"),
    ARROW("->"),
    LEADS_TO("=>"),
    ASSIGN(":=");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }

    /// As a message names it.
    String shown() {
      return this == END || this == NAME || this == NUMBER || this == TEXT
          ? text
          : "'" + text + "'";
    }
  }
}
