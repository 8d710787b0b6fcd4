package metron.stellar.functions.hash;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import metron.stellar.functions.Conversion;
import org.jspecify.annotations.Nullable;

/// `TLSH_DIST(first, second, length?)`
public final class TlshDist {
  static final List<Example> EXAMPLES =
      List.of(
          new Example(
              "TLSH_DIST('6FF02BEF718027B0160B4391212923ED7F1A463D563B1549B86CF62973B197AD2731F8', '6FF02BEF718027B0160B4391212923ED7F1A463D563B1549B86CF62973B197AD2731F8')",
              0),
          new Example(
              "TLSH_DIST('6FF02BEF718027B0160B4391212923ED7F1A463D563B1549B86CF62973B197AD2731F8', '6FF02BEF718027B0160B4391212923ED7F1A463D563B1549B86CF62973B197AD2731FB')",
              6),
          new Example("TLSH_DIST(null, 'a')", -1),
          new Example(
              "TLSH_DIST('a', 'b')",
              Example.failure(
                  "argument 1 is the string 'a', expected a TLSH of 70, 74, 134 or 138 hexadecimal digits")),
          new Example(
                  "TLSH_DIST(x, 'b')",
                  Example.failure("argument 1 is the integer 7, expected string"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("TLSH_DIST")
          .group("Hashes")
          .means("Answers how far apart two TLSH hashes are: about how many of their bits differ.")
          .takes("first", "a hash", Type.STRING)
          .takes("second", "a hash made with the same settings", Type.STRING)
          .takesOptional(
              "length", "whether a difference in length counts; not unless said so", Type.ANY)
          .returns(Type.INTEGER, "0 for equal hashes; -1 when either is null")
          .fails("When either is no TLSH, or they were made with different settings.")
          .examples(EXAMPLES)
          .body3(TlshDist::call);

  private TlshDist() {}

  static Object call(
      Evaluation evaluation,
      @Nullable Object first,
      @Nullable Object second,
      @Nullable Object length) {
    String a = Arguments.textOrNull(1, first);
    String b = Arguments.textOrNull(2, second);
    if (a == null || b == null) {
      return -1;
    }
    if (a.equals(b)) {
      return 0;
    }
    Tlsh one = read(1, a);
    Tlsh two = read(2, b);
    if (!one.comparable(two)) {
      throw FunctionFailure.because(
          "the hashes have %d and %d digits: they were made with different settings"
              .formatted(a.length(), b.length()));
    }
    return one.distance(two, Boolean.TRUE.equals(Conversion.toBoolean(length)));
  }

  private static Tlsh read(int argument, String text) {
    Tlsh hash = Tlsh.parse(text);
    if (hash == null) {
      throw FunctionFailure.type(argument, text, "a TLSH of 70, 74, 134 or 138 hexadecimal digits");
    }
    return hash;
  }
}
