package metron.stellar.functions.text;

import java.util.List;
import java.util.Locale;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Values;
import org.jspecify.annotations.Nullable;

/// `TO_UPPER(text)`
public final class ToUpper {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("TO_UPPER('Straße')", "STRASSE"),
          new Example("TO_UPPER(null)", null),
          new Example("TO_UPPER(12)", "12"),
          new Example("TO_UPPER(['a', 1])", "[A, 1]"));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("TO_UPPER")
          .group("Strings")
          .means("Turns every letter of a text into its capital.")
          .takes("text", "what to turn; anything else than a text by its text", Type.ANY)
          .returns(Type.STRING, "the changed text; null for null")
          .fails("When the value nests too deeply to have a text.")
          .examples(EXAMPLES)
          .body1(ToUpper::call);

  private ToUpper() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object text) {
    if (text == null) {
      return null;
    }
    String s = Values.text(evaluation, 1, text);
    evaluation.allocate(2L * s.length());
    return s.toUpperCase(Locale.ROOT);
  }
}
