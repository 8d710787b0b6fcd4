package metron.stellar.functions.hash;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `SSDEEP_SCORE(first, second)`
public final class SsdeepScore {
  static final List<Example> EXAMPLES =
      List.of(
          new Example(
              "SSDEEP_SCORE('3:MzrWxyXh2FXQbExyD6J2Mzc5hb:MzEywFAbqymUMzc59', '3:MzrWxyXh2FXQbExyD6J2Mzcu9n:MzEywFAbqymUMzcW')",
              32),
          new Example("SSDEEP_SCORE(HASH('abc', 'SSDEEP'), HASH('abc', 'SSDEEP'))", 100),
          new Example("SSDEEP_SCORE(null, '3::')", -1),
          new Example(
              "SSDEEP_SCORE('3::', 'x')",
              Example.failure("argument 2 is the string 'x', expected an ssdeep hash")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("SSDEEP_SCORE")
          .group("Hashes")
          .means("Answers how alike the texts of two ssdeep hashes are.")
          .takes("first", "a hash", Type.STRING)
          .takes("second", "a hash", Type.STRING)
          .returns(Type.INTEGER, "0 for nothing in common to 100; -1 when either is null")
          .fails("When either is no ssdeep hash.")
          .examples(EXAMPLES)
          .body2(SsdeepScore::call);

  private SsdeepScore() {}

  static Object call(Evaluation evaluation, @Nullable Object first, @Nullable Object second) {
    String a = Arguments.textOrNull(1, first);
    String b = Arguments.textOrNull(2, second);
    if (a == null || b == null) {
      return -1;
    }
    evaluation.steps(200);
    return read(1, a).score(read(2, b));
  }

  private static Ssdeep read(int argument, String text) {
    Ssdeep hash = Ssdeep.parse(text);
    if (hash == null) {
      throw FunctionFailure.type(argument, text, "an ssdeep hash such as '3:abc:def'");
    }
    return hash;
  }
}
