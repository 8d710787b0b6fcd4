package metron.stellar.functions.text;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `CHOMP(text)`
public final class Chomp {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("CHOMP('abc\\r\\n')", "abc"),
          new Example("CHOMP('abc\\n\\n')", "abc\n"),
          new Example("CHOMP('abc')", "abc"),
          new Example("CHOMP(null)", null),
          new Example("CHOMP(x)", Example.failure("argument 1 is the integer 5, expected string"))
              .given("x", 5));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("CHOMP")
          .group("Strings")
          .means("Takes one line end (`\\n`, `\\r` or `\\r\\n`) off the end of a text.")
          .takes("text", "what to look at", Type.STRING)
          .returns(Type.STRING, "null for null")
          .fails("When the value is no text.")
          .examples(EXAMPLES)
          .body1(Chomp::call);

  private Chomp() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object text) {
    String whole = Arguments.textOrNull(1, text);
    if (whole == null) {
      return null;
    }
    int end = whole.length();
    if (whole.endsWith("\n")) {
      end--;
      if (end > 0 && whole.charAt(end - 1) == '\r') {
        end--;
      }
    } else if (whole.endsWith("\r")) {
      end--;
    }
    return whole.substring(0, end);
  }
}
