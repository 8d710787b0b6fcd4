package metron.stellar.functions.regex;

import java.util.List;
import metron.stellar.function.Body;
import metron.stellar.function.Body3;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.Regex;
import metron.stellar.function.Specialiser;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `REGEXP_REPLACE(text, expression, value)`
public final class RegexpReplace {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("REGEXP_REPLACE('abc123', '[0-9]+', '#')", "abc#"),
          new Example("REGEXP_REPLACE('a-b', '(.)-(.)', '$2-$1')", "b-a"),
          new Example("REGEXP_REPLACE('abc', 'b', '')", "abc"),
          new Example("REGEXP_REPLACE('', 'b', 'c')", null),
          new Example("REGEXP_REPLACE(null, 'b', 'c')", null),
          new Example("REGEXP_REPLACE('abc', null, 'c')", "abc"),
          new Example(
              "REGEXP_REPLACE('abc', 'b', '$7')", Example.failure("argument 3 is no replacement")),
          new Example(
              "REGEXP_REPLACE('abc', '[', 'x')",
              Example.failure("argument 2 is no regular expression")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("REGEXP_REPLACE")
          .group("Regular expressions")
          .means("Replaces every match of an expression in a text.")
          .takes("text", "the text", Type.STRING)
          .takes("expression", "what to replace", Type.STRING)
          .takes("value", "what to put there; `$1` is what the first group captured", Type.STRING)
          .returns(
              Type.STRING,
              "null for null and for an empty text; the text itself when the expression or the value is null or empty")
          .fails(
              "When the expression is malformed, or takes more steps than the budget has. When the value names a group that does not exist.")
          .examples(EXAMPLES)
          .specialise(RegexpReplace::specialise)
          .body3(RegexpReplace::call);

  private RegexpReplace() {}

  static @Nullable Object call(
      Evaluation evaluation,
      @Nullable Object text,
      @Nullable Object expression,
      @Nullable Object value) {
    String whole = Arguments.textOrNull(1, text);
    String pattern = Arguments.textOrNull(2, expression);
    String replacement = Arguments.textOrNull(3, value);
    if (whole == null || whole.isEmpty()) {
      return null;
    }
    if (pattern == null || pattern.isEmpty() || replacement == null || replacement.isEmpty()) {
      return whole;
    }
    return Regex.compile(2, pattern).replaceAll(evaluation, whole, 3, replacement);
  }

  static @Nullable Body specialise(Specialiser.Call call) {
    if (!call.known(1) || !(call.value(1) instanceof String pattern) || pattern.isEmpty()) {
      return null;
    }
    Regex expression = Regex.compile(2, pattern);
    return (Body3)
        (evaluation, text, _, value) -> {
          String whole = Arguments.textOrNull(1, text);
          String replacement = Arguments.textOrNull(3, value);
          if (whole == null || whole.isEmpty()) {
            return null;
          }
          return replacement == null || replacement.isEmpty()
              ? whole
              : expression.replaceAll(evaluation, whole, 3, replacement);
        };
  }
}
