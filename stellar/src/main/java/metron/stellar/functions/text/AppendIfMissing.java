package metron.stellar.functions.text;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `APPEND_IF_MISSING(text, suffix, other?)`
public final class AppendIfMissing {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("APPEND_IF_MISSING('example', '.com')", "example.com"),
          new Example("APPEND_IF_MISSING('a.com', '.com')", "a.com"),
          new Example("APPEND_IF_MISSING('a.org', '.com', '.org')", "a.org"),
          new Example("APPEND_IF_MISSING(null, 'a')", null),
          new Example("APPEND_IF_MISSING('a', null)", "a"),
          new Example(
                  "APPEND_IF_MISSING(x, 'a')",
                  Example.failure("argument 1 is the integer 5, expected string"))
              .given("x", 5));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("APPEND_IF_MISSING")
          .group("Strings")
          .means("Puts a suffix after a text unless it is there already.")
          .takes("text", "the text", Type.STRING)
          .takes("suffix", "what to put there", Type.STRING)
          .takesOptional("other", "another suffix that will do as well", Type.STRING)
          .returns(Type.STRING, "null for null")
          .fails("When an argument is no text.")
          .examples(EXAMPLES)
          .body3(AppendIfMissing::call);

  private AppendIfMissing() {}

  static @Nullable Object call(
      Evaluation evaluation,
      @Nullable Object text,
      @Nullable Object suffix,
      @Nullable Object other) {
    String whole = Arguments.textOrNull(1, text);
    String affix = Arguments.textOrNull(2, suffix);
    String second = Arguments.textOrNull(3, other);
    if (whole == null
        || affix == null
        || whole.endsWith(affix)
        || (second != null && whole.endsWith(second))) {
      return whole;
    }
    evaluation.allocate(2L * whole.length() + 2L * affix.length());
    return whole + affix;
  }
}
