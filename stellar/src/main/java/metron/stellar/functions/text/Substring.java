package metron.stellar.functions.text;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `SUBSTRING(text, start, end?)`
public final class Substring {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("SUBSTRING('metron', 0, 3)", "met"),
          new Example("SUBSTRING('metron', 3)", "ron"),
          new Example("SUBSTRING('metron', 3, null)", "ron"),
          new Example("SUBSTRING('metron', 6)", ""),
          new Example("SUBSTRING('', 5)", ""),
          new Example("SUBSTRING(null, 0)", null),
          new Example("SUBSTRING('a', null)", null),
          new Example(
              "SUBSTRING('metron', 4, 9)",
              Example.failure("takes characters 4 to 9 of a text of 6")),
          new Example(
              "SUBSTRING('metron', -1)",
              Example.failure("takes characters -1 to 6 of a text of 6")),
          new Example(
                  "SUBSTRING(x, 0)",
                  Example.failure("argument 1 is the integer 80, expected string"))
              .given("x", 80));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("SUBSTRING")
          .group("Strings")
          .means("Cuts a part out of a text.")
          .takes("text", "what to cut", Type.STRING)
          .takes("start", "index of the first character, from 0", Type.NUMBER)
          .takesOptional(
              "end",
              "index after the last character; left out or null for the end of the text",
              Type.NUMBER)
          .returns(
              Type.STRING, "null when the text or the start is null; an empty text stays empty")
          .fails("When an index lies outside the text.")
          .examples(EXAMPLES)
          .body3(Substring::call);

  private Substring() {}

  static @Nullable Object call(
      Evaluation evaluation, @Nullable Object text, @Nullable Object start, @Nullable Object end) {
    String whole = Arguments.textOrNull(1, text);
    int from = start == null ? 0 : Arguments.number(2, start).intValue();
    int to = end == null ? Integer.MIN_VALUE : Arguments.number(3, end).intValue();
    if (whole == null || start == null) {
      return null;
    }
    int length = whole.length();
    if (length == 0) {
      return whole;
    }
    if (end == null) {
      to = length;
    }
    if (from < 0 || to > length || from > to) {
      throw FunctionFailure.because(
          "takes characters %d to %d of a text of %d".formatted(from, to, length));
    }
    evaluation.allocate(2L * (to - from));
    return whole.substring(from, to);
  }
}
