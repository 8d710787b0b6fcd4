package metron.stellar.functions.encode;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `ENCODE(text, encoding)`
public final class Encode {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("ENCODE('hello', 'BASE64')", "aGVsbG8="),
          new Example("ENCODE('hello', 'hex')", "68656c6c6f"),
          new Example("ENCODE('hello', 'BASE32')", "NBSWY3DP"),
          new Example("ENCODE('ab', 'BINARY')", "0110001001100001"),
          new Example("ENCODE('', 'HEX')", null),
          new Example("ENCODE(null, 'HEX')", null),
          new Example("ENCODE('a', null)", null),
          new Example(
              "ENCODE('a', 'ROT13')",
              Example.failure("argument 2 is the string 'ROT13', expected one of BASE32")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("ENCODE")
          .group("Encodings")
          .means("Encodes a text.")
          .takes("text", "the text", Type.STRING)
          .takes("encoding", "BASE32, BASE32HEX, BASE64, BINARY or HEX, in any case", Type.STRING)
          .returns(Type.STRING, "null when either is null or empty")
          .fails("When the encoding is unknown.")
          .examples(EXAMPLES)
          .body2(Encode::call);

  private Encode() {}

  static @Nullable Object call(
      Evaluation evaluation, @Nullable Object text, @Nullable Object encoding) {
    String plain = Arguments.textOrNull(1, text);
    String name = Arguments.textOrNull(2, encoding);
    if (plain == null || plain.isEmpty() || name == null || name.isEmpty()) {
      return null;
    }
    evaluation.allocate(40L * plain.length());
    return Encoding.named(2, name).encode(plain);
  }
}
