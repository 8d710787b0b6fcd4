package metron.stellar.functions.text;

import java.time.DateTimeException;
import java.util.Collection;
import java.util.Formatter;
import java.util.IllegalFormatException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Values;
import org.jspecify.annotations.Nullable;

/// `FORMAT(format, value?...)`
public final class Format {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("FORMAT('%s:%d', 'host', 80)", "host:80"),
          new Example("FORMAT('%.2f%%', 12.345)", "12.35%"),
          new Example("FORMAT('%s', null)", "null"),
          new Example("FORMAT('no values')", "no values"),
          new Example("FORMAT(null)", Example.failure("argument 1 is null, expected a format")),
          new Example("FORMAT('%d', 'x')", Example.failure("does not fit its values")),
          new Example("FORMAT('%s %s', 'one')", Example.failure("does not fit its values")),
          new Example("FORMAT('%99999d', 1)", Example.failure("width or precision of 99999")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("FORMAT")
          .group("Strings")
          .means("Formats values as Java's format strings say.")
          .takes("format", "such as `%s has %d` or `%08.3f`", Type.ANY)
          .takesAny("value", "what the format shows")
          .returns(Type.STRING, "")
          .fails(
              "When the format is null or malformed, a value does not fit it, or a width is above 9,999.")
          .examples(EXAMPLES)
          .bodyN(Format::call);

  private Format() {}

  // A width or a precision of more digits than this: a text that nobody reads, and memory.
  private static final int DIGITS = 4;

  static Object call(Evaluation evaluation, @Nullable Object[] arguments) {
    Object first = arguments[0];
    if (first == null) {
      throw FunctionFailure.type(1, null, "a format");
    }
    String format = Values.text(evaluation, 1, first);
    checkWidths(evaluation, format);
    @Nullable Object[] values = new @Nullable Object[arguments.length - 1];
    for (int i = 1; i < arguments.length; i++) {
      Object value = arguments[i];
      values[i - 1] =
          value instanceof Collection || value instanceof Map
              ? Values.text(evaluation, i + 1, value)
              : value;
    }
    StringBuilder text = new StringBuilder();
    try (Formatter formatter = new Formatter(new Counted(evaluation, text), Locale.ROOT)) {
      formatter.format(format, values);
    } catch (IllegalFormatException e) {
      throw FunctionFailure.argument(1, "does not fit its values: " + e.getMessage());
    } catch (DateTimeException | ArithmeticException e) {
      throw FunctionFailure.argument(1, "does not fit its values: " + e.getMessage());
    }
    return text.toString();
  }

  private static void checkWidths(Evaluation evaluation, String format) {
    int digits = 0;
    boolean open = false;
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c == '%') {
        open = !open;
        digits = 0;
      } else if (open && c >= '0' && c <= '9') {
        if (++digits > DIGITS) {
          int end = i;
          while (end < format.length() && end - i < 8 && Character.isDigit(format.charAt(end))) {
            end++;
          }
          throw FunctionFailure.argument(
              1,
              "has a width or precision of %s, expected at most 9999"
                  .formatted(format.substring(i - digits + 1, end)));
        }
      } else if (open && !Character.isLetter(c)) {
        digits = 0;
      } else {
        open = false;
        digits = 0;
      }
    }
    evaluation.steps(format.length() / 16);
  }

  /// Counts the memory of what the formatter writes before it is kept.
  private record Counted(Evaluation evaluation, StringBuilder text) implements Appendable {
    @Override
    public Appendable append(@Nullable CharSequence part) {
      CharSequence shown = part == null ? "null" : part;
      return append(shown, 0, shown.length());
    }

    @Override
    public Appendable append(@Nullable CharSequence part, int start, int end) {
      evaluation.allocate(2L * (end - start));
      text.append(part, start, end);
      return this;
    }

    @Override
    public Appendable append(char c) {
      evaluation.allocate(2);
      text.append(c);
      return this;
    }
  }
}
