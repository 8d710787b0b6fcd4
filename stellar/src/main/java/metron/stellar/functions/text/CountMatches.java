package metron.stellar.functions.text;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `COUNT_MATCHES(text, part)`
public final class CountMatches {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("COUNT_MATCHES('a.b.c', '.')", 2),
          new Example("COUNT_MATCHES('aaa', 'aa')", 1),
          new Example("COUNT_MATCHES('abc', '')", 0),
          new Example("COUNT_MATCHES(null, 'a')", 0),
          new Example(
                  "COUNT_MATCHES(x, 'a')",
                  Example.failure("argument 1 is the integer 1, expected string"))
              .given("x", 1));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("COUNT_MATCHES")
          .group("Strings")
          .means("Counts how often a text occurs in another, without overlaps.")
          .takes("text", "where to look", Type.STRING)
          .takes("part", "what to look for", Type.STRING)
          .returns(Type.INTEGER, "0 when either is null or empty")
          .fails("When either is no text.")
          .examples(EXAMPLES)
          .body2(CountMatches::call);

  private CountMatches() {}

  static Object call(Evaluation evaluation, @Nullable Object text, @Nullable Object part) {
    String whole = Arguments.textOrNull(1, text);
    String sought = Arguments.textOrNull(2, part);
    if (whole == null || sought == null || sought.isEmpty()) {
      return 0;
    }
    evaluation.steps(whole.length() / 16);
    int count = 0;
    for (int at = whole.indexOf(sought);
        at >= 0;
        at = whole.indexOf(sought, at + sought.length())) {
      count++;
    }
    return count;
  }
}
