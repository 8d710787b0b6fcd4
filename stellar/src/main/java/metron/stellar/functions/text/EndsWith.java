package metron.stellar.functions.text;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.Specialiser;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.TextClues;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `ENDS_WITH(text, suffix)`
public final class EndsWith {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("ENDS_WITH('mail.example.com', '.com')", true),
          new Example("ENDS_WITH('a', 'ab')", false),
          new Example("ENDS_WITH('a', '')", true),
          new Example("ENDS_WITH(null, 'a')", false),
          new Example("ENDS_WITH('a', null)", false),
          new Example(
                  "ENDS_WITH(port, '8')",
                  Example.failure("argument 1 is the integer 80, expected string"))
              .given("port", 80));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("ENDS_WITH")
          .group("Strings")
          .means("Says whether a text ends with another.")
          .takes("text", "what to look at", Type.STRING)
          .takes("suffix", "what it may end with", Type.STRING)
          .returns(Type.BOOLEAN, "false when either is null")
          .fails("When either is no text.")
          .examples(EXAMPLES)
          .clues(EndsWith::clues)
          .body2(EndsWith::call);

  private EndsWith() {}

  static Object call(Evaluation evaluation, @Nullable Object text, @Nullable Object suffix) {
    String whole = Arguments.textOrNull(1, text);
    String part = Arguments.textOrNull(2, suffix);
    return whole != null && part != null && whole.endsWith(part);
  }

  private static @Nullable TextClues clues(Specialiser.Call call) {
    return call.known(1) && call.value(1) instanceof String suffix
        ? new TextClues(List.of(new TextClues.Suffix(suffix)), false)
        : null;
  }
}
