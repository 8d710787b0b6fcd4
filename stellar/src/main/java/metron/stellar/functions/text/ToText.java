package metron.stellar.functions.text;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Values;
import org.jspecify.annotations.Nullable;

/// `TO_STRING(value)`
public final class ToText {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("TO_STRING(8080)", "8080"),
          new Example("TO_STRING(1.0)", "1.0"),
          new Example("TO_STRING(['a', 1, null])", "[a, 1, null]"),
          new Example("TO_STRING({'a' : 1})", "{a=1}"),
          new Example("TO_STRING(null)", null));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("TO_STRING")
          .group("Strings")
          .means("Turns a value into its text.")
          .takes("value", "what to turn", Type.ANY)
          .returns(Type.STRING, "null for null")
          .fails("When the value nests too deeply to have a text.")
          .examples(EXAMPLES)
          .body1(ToText::call);

  private ToText() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object value) {
    return value == null ? null : Values.text(evaluation, 1, value);
  }
}
