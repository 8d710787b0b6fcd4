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

/// `STARTS_WITH(text, prefix)`
public final class StartsWith {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("STARTS_WITH('mail.example.com', 'mail')", true),
          new Example("STARTS_WITH('a', 'ab')", false),
          new Example("STARTS_WITH('a', '')", true),
          new Example("STARTS_WITH(null, 'a')", false),
          new Example("STARTS_WITH('a', null)", false),
          new Example(
                  "STARTS_WITH(port, '8')",
                  Example.failure("argument 1 is the integer 80, expected string"))
              .given("port", 80));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("STARTS_WITH")
          .group("Strings")
          .means("Says whether a text begins with another.")
          .takes("text", "what to look at", Type.STRING)
          .takes("prefix", "what it may begin with", Type.STRING)
          .returns(Type.BOOLEAN, "false when either is null")
          .fails("When either is no text.")
          .examples(EXAMPLES)
          .clues(StartsWith::clues)
          .body2(StartsWith::call);

  private StartsWith() {}

  static Object call(Evaluation evaluation, @Nullable Object text, @Nullable Object prefix) {
    String whole = Arguments.textOrNull(1, text);
    String part = Arguments.textOrNull(2, prefix);
    return whole != null && part != null && whole.startsWith(part);
  }

  private static @Nullable TextClues clues(Specialiser.Call call) {
    return call.known(1) && call.value(1) instanceof String prefix
        ? new TextClues(List.of(new TextClues.Prefix(prefix)), false)
        : null;
  }
}
