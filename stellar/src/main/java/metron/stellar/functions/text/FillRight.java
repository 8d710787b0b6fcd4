package metron.stellar.functions.text;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `FILL_RIGHT(text, fill, length)`
public final class FillRight {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("FILL_RIGHT('7', '0', 3)", "700"),
          new Example("FILL_RIGHT(7, 'xy', '3')", "7xx"),
          new Example("FILL_RIGHT('long', '-', 2)", "long"),
          new Example("FILL_RIGHT(null, '0', 3)", null),
          new Example(
              "FILL_RIGHT('a', '', 3)",
              Example.failure("argument 2 is empty, expected a character")),
          new Example(
              "FILL_RIGHT('a', '0', 'wide')",
              Example.failure("argument 3 is the string 'wide', expected integer")),
          new Example("FILL_RIGHT('a', '0', 2147483647)", Example.failure("more than")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("FILL_RIGHT")
          .group("Strings")
          .means("Makes a text as long as wanted by repeating a character on its right.")
          .takes("text", "what to fill; anything else than a text by its text", Type.ANY)
          .takes("fill", "its first character fills", Type.ANY)
          .takes("length", "the length wanted", Type.NUMBER, Type.STRING)
          .returns(Type.STRING, "unchanged when it is long enough; null for null")
          .fails("When the fill is null or empty, or the length is no integer.")
          .examples(EXAMPLES)
          .body3(FillRight::call);

  private FillRight() {}

  static @Nullable Object call(
      Evaluation evaluation,
      @Nullable Object text,
      @Nullable Object fill,
      @Nullable Object length) {
    return text == null ? null : Filling.right(evaluation, text, fill, length);
  }
}
