package metron.stellar.function;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a parameter takes or a function returns, as far as the checker can tell before the program
/// runs.
public enum Type {
  /// Any value.
  ANY("any"),
  BOOLEAN("boolean"),
  /// `Integer`, `Long`, `Float` or `Double`.
  NUMBER("number"),
  INTEGER("integer"),
  LONG("long"),
  FLOAT("float"),
  DOUBLE("double"),
  STRING("string"),
  LIST("list"),
  SET("set"),
  MAP("map"),
  /// A [Lambda].
  LAMBDA("lambda"),
  /// An object that only functions of one family understand: a sketch, a filter, a state.
  STATE("state");

  private final String text;

  Type(String text) {
    this.text = text;
  }

  /// The word of the manual and of error messages.
  public String text() {
    return text;
  }

  /// Whether a value is of this type; null is of every type.
  public boolean accepts(@Nullable Object value) {
    return value == null
        || switch (this) {
          case ANY -> true;
          case BOOLEAN -> value instanceof Boolean;
          case NUMBER -> value instanceof Number;
          case INTEGER -> value instanceof Integer;
          case LONG -> value instanceof Long;
          case FLOAT -> value instanceof Float;
          case DOUBLE -> value instanceof Double;
          case STRING -> value instanceof String;
          case LIST -> value instanceof List;
          case SET -> value instanceof Set;
          case MAP -> value instanceof Map;
          case LAMBDA -> value instanceof Lambda;
          case STATE ->
              !(value instanceof Boolean
                  || value instanceof Number
                  || value instanceof String
                  || value instanceof Collection
                  || value instanceof Lambda);
        };
  }

  /// The narrowest type of a value; [#ANY] for null.
  public static Type of(@Nullable Object value) {
    return switch (value) {
      case null -> ANY;
      case Boolean _ -> BOOLEAN;
      case Integer _ -> INTEGER;
      case Long _ -> LONG;
      case Float _ -> FLOAT;
      case Double _ -> DOUBLE;
      case Number _ -> NUMBER;
      case String _ -> STRING;
      case List<?> _ -> LIST;
      case Set<?> _ -> SET;
      case Map<?, ?> _ -> MAP;
      case Lambda _ -> LAMBDA;
      default -> STATE;
    };
  }

  /// A value as an error message names it: its type, and the value itself when it is short.
  public static String describe(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case Boolean b -> "the boolean " + b;
      case Integer i -> "the integer " + i;
      case Long l -> "the long " + l;
      case Float f -> "the float " + f;
      case Double d -> "the double " + d;
      case String s -> "the string " + quote(s);
      case List<?> l -> "a list of " + l.size();
      case Set<?> s -> "a set of " + s.size();
      case Map<?, ?> m -> "a map of " + m.size();
      case Lambda _ -> "a lambda";
      default -> "a " + value.getClass().getSimpleName();
    };
  }

  private static String quote(String text) {
    StringBuilder quoted = new StringBuilder("'");
    for (int i = 0; i < text.length(); i++) {
      if (i == 40) {
        return quoted.append("…' (").append(text.length()).append(" characters)").toString();
      }
      char c = text.charAt(i);
      if (c == '\n') {
        quoted.append("\\n");
      } else if (c == '\r') {
        quoted.append("\\r");
      } else if (c == '\t') {
        quoted.append("\\t");
      } else if (Character.isISOControl(c) || Character.isSurrogate(c)) {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('\'').toString();
  }
}
