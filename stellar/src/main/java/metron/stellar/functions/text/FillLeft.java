package metron.stellar.functions.text;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `FILL_LEFT(text, fill, length)`
public final class FillLeft {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("FILL_LEFT('7', '0', 3)", "007"),
          new Example("FILL_LEFT(7, 'xy', '3')", "xx7"),
          new Example("FILL_LEFT('long', '-', 2)", "long"),
          new Example("FILL_LEFT(null, '0', 3)", null),
          new Example(
              "FILL_LEFT('a', '', 3)",
              Example.failure("argument 2 is empty, expected a character")),
          new Example(
              "FILL_LEFT('a', '0', 'wide')",
              Example.failure("argument 3 is the string 'wide', expected integer")),
          new Example("FILL_LEFT('a', '0', 2147483647)", Example.failure("more than")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("FILL_LEFT")
          .group("Strings")
          .means("Makes a text as long as wanted by repeating a character on its left.")
          .takes("text", "what to fill; anything else than a text by its text", Type.ANY)
          .takes("fill", "its first character fills", Type.ANY)
          .takes("length", "the length wanted", Type.NUMBER, Type.STRING)
          .returns(Type.STRING, "unchanged when it is long enough; null for null")
          .fails("When the fill is null or empty, or the length is no integer.")
          .examples(EXAMPLES)
          .body3(FillLeft::call);

  private FillLeft() {}

  static @Nullable Object call(
      Evaluation evaluation,
      @Nullable Object text,
      @Nullable Object fill,
      @Nullable Object length) {
    return text == null ? null : Filling.left(evaluation, text, fill, length);
  }
}
