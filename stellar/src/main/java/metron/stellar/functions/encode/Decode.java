package metron.stellar.functions.encode;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `DECODE(text, encoding, verify?)`
public final class Decode {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("DECODE('aGVsbG8=', 'BASE64')", "hello"),
          new Example("DECODE('68656c6c6f', 'HEX')", "hello"),
          new Example("DECODE('NBSWY3DP', 'BASE32')", "hello"),
          new Example("DECODE('0110001001100001', 'BINARY')", "ab"),
          new Example("DECODE('no hex', 'HEX')", "no hex"),
          new Example("DECODE('%%%', 'BASE64', true)", "%%%"),
          new Example("DECODE('', 'HEX')", null),
          new Example("DECODE(null, 'HEX')", null),
          new Example(
              "DECODE('a', 'ROT13')",
              Example.failure("argument 2 is the string 'ROT13', expected one of BASE32")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("DECODE")
          .group("Encodings")
          .means("Decodes a text.")
          .takes("text", "the text", Type.STRING)
          .takes("encoding", "BASE32, BASE32HEX, BASE64, BINARY or HEX, in any case", Type.STRING)
          .takesOptional(
              "verify",
              "true for the text itself when it has characters that the encoding does not",
              Type.BOOLEAN)
          .returns(
              Type.STRING,
              "null when the text or the encoding is null or empty; the text itself when it can not be read")
          .fails("When the encoding is unknown.")
          .examples(EXAMPLES)
          .body3(Decode::call);

  private Decode() {}

  static @Nullable Object call(
      Evaluation evaluation,
      @Nullable Object text,
      @Nullable Object encoding,
      @Nullable Object verify) {
    String coded = Arguments.textOrNull(1, text);
    String name = Arguments.textOrNull(2, encoding);
    if (verify != null && !(verify instanceof Boolean)) {
      throw FunctionFailure.type(3, verify, "boolean");
    }
    if (coded == null || coded.isEmpty() || name == null || name.isEmpty()) {
      return null;
    }
    evaluation.allocate(6L * coded.length());
    Encoding known = Encoding.named(2, name);
    if (Boolean.TRUE.equals(verify) && !known.is(coded)) {
      return coded;
    }
    try {
      return known.decode(coded);
    } catch (IllegalArgumentException _) {
      // Bits that no byte is left for: not this encoding.
      return coded;
    }
  }
}
