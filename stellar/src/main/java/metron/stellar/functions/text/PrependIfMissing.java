package metron.stellar.functions.text;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `PREPEND_IF_MISSING(text, prefix, other?)`
public final class PrependIfMissing {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("PREPEND_IF_MISSING('example.com', 'www.')", "www.example.com"),
          new Example("PREPEND_IF_MISSING('www.a', 'www.')", "www.a"),
          new Example("PREPEND_IF_MISSING('ftp.a', 'www.', 'ftp.')", "ftp.a"),
          new Example("PREPEND_IF_MISSING(null, 'a')", null),
          new Example("PREPEND_IF_MISSING('a', null)", "a"),
          new Example(
                  "PREPEND_IF_MISSING(x, 'a')",
                  Example.failure("argument 1 is the integer 5, expected string"))
              .given("x", 5));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("PREPEND_IF_MISSING")
          .group("Strings")
          .means("Puts a prefix before a text unless it is there already.")
          .takes("text", "the text", Type.STRING)
          .takes("prefix", "what to put there", Type.STRING)
          .takesOptional("other", "another prefix that will do as well", Type.STRING)
          .returns(Type.STRING, "null for null")
          .fails("When an argument is no text.")
          .examples(EXAMPLES)
          .body3(PrependIfMissing::call);

  private PrependIfMissing() {}

  static @Nullable Object call(
      Evaluation evaluation,
      @Nullable Object text,
      @Nullable Object prefix,
      @Nullable Object other) {
    String whole = Arguments.textOrNull(1, text);
    String affix = Arguments.textOrNull(2, prefix);
    String second = Arguments.textOrNull(3, other);
    if (whole == null
        || affix == null
        || whole.startsWith(affix)
        || (second != null && whole.startsWith(second))) {
      return whole;
    }
    evaluation.allocate(2L * whole.length() + 2L * affix.length());
    return affix + whole;
  }
}
