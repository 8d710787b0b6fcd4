package metron.stellar.functions.text;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Values;
import org.jspecify.annotations.Nullable;

/// `TRIM(text)`
public final class Trim {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("TRIM('  a b\\t')", "a b"),
          new Example("TRIM(null)", null),
          new Example("TRIM(7)", "7"));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("TRIM")
          .group("Strings")
          .means("Takes white space and control characters off both ends of a text.")
          .takes("text", "what to turn; anything else than a text by its text", Type.ANY)
          .returns(Type.STRING, "the changed text; null for null")
          .fails("When the value nests too deeply to have a text.")
          .examples(EXAMPLES)
          .body1(Trim::call);

  private Trim() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object text) {
    if (text == null) {
      return null;
    }
    String s = Values.text(evaluation, 1, text);
    evaluation.allocate(2L * s.length());
    return s.trim();
  }
}
