package metron.stellar.functions.encode;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `IS_ENCODING(text, encoding)`
public final class IsEncoding {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("IS_ENCODING('aGVsbG8=', 'BASE64')", true),
          new Example("IS_ENCODING('hello!', 'BASE64')", false),
          new Example("IS_ENCODING('0101', 'BINARY')", true),
          new Example("IS_ENCODING('abc', 'HEX')", false),
          new Example("IS_ENCODING(null, 'HEX')", false),
          new Example(
              "IS_ENCODING('a', 'ROT13')",
              Example.failure("argument 2 is the string 'ROT13', expected one of BASE32")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("IS_ENCODING")
          .group("Encodings")
          .means("Says whether a text has only characters of an encoding.")
          .takes("text", "the text", Type.STRING)
          .takes("encoding", "BASE32, BASE32HEX, BASE64, BINARY or HEX, in any case", Type.STRING)
          .returns(Type.BOOLEAN, "false when either is null or empty")
          .fails("When the encoding is unknown.")
          .examples(EXAMPLES)
          .body2(IsEncoding::call);

  private IsEncoding() {}

  static Object call(Evaluation evaluation, @Nullable Object text, @Nullable Object encoding) {
    String coded = Arguments.textOrNull(1, text);
    String name = Arguments.textOrNull(2, encoding);
    if (coded == null || coded.isEmpty() || name == null || name.isEmpty()) {
      return false;
    }
    evaluation.allocate(4L * coded.length());
    return Encoding.named(2, name).is(coded);
  }
}
