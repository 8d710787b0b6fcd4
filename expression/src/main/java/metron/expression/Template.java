package metron.expression;

import java.util.ArrayList;
import java.util.List;
import metron.config.Position;
import metron.event.Event;
import metron.stellar.function.Evaluation;
import metron.stellar.program.EvaluationException;
import metron.stellar.program.Program;

/// Text with expressions in it: `The domain ${url.domain} has ${LENGTH(url.domain)} characters`. `$${` is a `${` that
/// begins no expression. A value that is not there is shown as `-`, a list with commas.
public final class Template {
  /// Longer than a person reads; what is over it is cut.
  static final int MOST = 2_000;

  private sealed interface Part {}

  private record Text(String text) implements Part {}

  private record Value(Program<Event> program) implements Part {}

  private final List<Part> parts;

  private Template(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  static Template of(Program<Event> program) {
    return new Template(List.of(new Value(program)));
  }

  /// Faults go where those of the expressions go; the answer then has the parts that could be read.
  static Template parse(String text, Position at, Expressions expressions) {
    List<Part> parts = new ArrayList<>();
    StringBuilder plain = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      if (text.startsWith("$${", i)) {
        plain.append("${");
        i += 3;
      } else if (text.startsWith("${", i)) {
        int end = end(text, i + 2);
        if (end < 0) {
          expressions
              .faults()
              .add(
                  at,
                  "'${' has no '}' after it in \""
                      + text
                      + "\"; write '$${' for the two characters themselves");
          break;
        }
        Program<Event> program = expressions.program(text.substring(i + 2, end), at);
        if (program != null) {
          parts.add(new Text(plain.toString()));
          plain.setLength(0);
          parts.add(new Value(program));
        }
        i = end + 1;
      } else {
        plain.append(text.charAt(i++));
      }
    }
    parts.add(new Text(plain.toString()));
    return new Template(parts);
  }

  /// Where the `}` stands that ends an expression: not one in a string or of a map within.
  private static int end(String text, int from) {
    int open = 0;
    char quote = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        if (c == '\\') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == '{') {
        open++;
      } else if (c == '}' && open-- == 0) {
        return i;
      }
    }
    return -1;
  }

  /// The text for an event. An expression that fails is shown as its failure in brackets: the reason of an alert is not
  /// lost over one of its words.
  public String render(Evaluation evaluation, Event event) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Text(String plain) -> text.append(plain);
        case Value(Program<Event> program) -> {
          try {
            append(text, program.evaluate(evaluation, event));
          } catch (EvaluationException e) {
            text.append('[').append(e.reason()).append(']');
          }
        }
      }
      if (text.length() > MOST) {
        text.setLength(MOST);
        return text.append('…').toString();
      }
    }
    return text.toString();
  }

  private static void append(StringBuilder text, @org.jspecify.annotations.Nullable Object value) {
    switch (value) {
      case null -> text.append('-');
      case Iterable<?> values -> {
        int before = text.length();
        for (Object one : values) {
          if (text.length() > before) {
            text.append(", ");
          }
          append(text, one);
          if (text.length() > MOST) {
            return;
          }
        }
      }
      default -> text.append(value);
    }
  }
}
