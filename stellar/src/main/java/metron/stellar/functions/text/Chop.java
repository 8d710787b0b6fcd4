package metron.stellar.functions.text;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `CHOP(text)`
public final class Chop {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("CHOP('abc')", "ab"),
          new Example("CHOP('abc\\r\\n')", "abc"),
          new Example("CHOP('')", ""),
          new Example("CHOP(null)", null),
          new Example("CHOP(x)", Example.failure("argument 1 is the integer 5, expected string"))
              .given("x", 5));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("CHOP")
          .group("Strings")
          .means("Takes the last character off a text; `\\r\\n` counts as one.")
          .takes("text", "what to look at", Type.STRING)
          .returns(Type.STRING, "null for null, empty for empty")
          .fails("When the value is no text.")
          .examples(EXAMPLES)
          .body1(Chop::call);

  private Chop() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object text) {
    String whole = Arguments.textOrNull(1, text);
    if (whole == null) {
      return null;
    }
    int cut = whole.endsWith("\r\n") ? 2 : 1;
    return whole.length() <= cut ? "" : whole.substring(0, whole.length() - cut);
  }
}
