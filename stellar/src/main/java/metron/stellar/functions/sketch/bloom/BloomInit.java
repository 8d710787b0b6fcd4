package metron.stellar.functions.sketch.bloom;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import metron.stellar.functions.Conversion;
import org.jspecify.annotations.Nullable;

/// `BLOOM_INIT(expected?, rate?)`
public final class BloomInit {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("BLOOM_EXISTS(BLOOM_ADD(BLOOM_INIT(), 'a'), 'a')", true),
          new Example("BLOOM_EXISTS(BLOOM_INIT(1000, 0.001), 'a')", false),
          new Example("BLOOM_INIT(0)", Example.failure("argument 1 is 0, expected 1 to 100000000")),
          new Example(
              "BLOOM_INIT(10, 2)",
              Example.failure("argument 2 is 2.0, expected more than 0 and less than 1")),
          new Example("BLOOM_INIT(100000000, 0.000001)", Example.failure("more than")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("BLOOM_INIT")
          .group("Bloom filters")
          .means("Makes a Bloom filter: a set that answers only whether it may have a value.")
          .takesOptional(
              "expected",
              "how many values it is made for; 100,000 when left out",
              Type.NUMBER,
              Type.STRING)
          .takesOptional(
              "rate",
              "how often it may wrongly say yes, between 0 and 1; 0.01 when left out",
              Type.NUMBER,
              Type.STRING)
          .returns(Type.STATE, "")
          .fails(
              "When a number is out of range, or the filter larger than the memory of a program.")
          .impure()
          .examples(EXAMPLES)
          .bodyN(BloomInit::call);

  private BloomInit() {}

  static Object call(Evaluation evaluation, @Nullable Object[] arguments) {
    int expected =
        arguments.length < 1 ? 100_000 : Arguments.integer(1, arguments[0], 1, 100_000_000);
    Double rate = arguments.length < 2 ? (Double) 0.01 : Conversion.toDouble(arguments[1]);
    if (rate == null) {
      throw FunctionFailure.type(2, arguments[1], "number");
    }
    if (!(rate >= 1e-9 && rate < 1)) {
      throw FunctionFailure.argument(
          2, "is %s, expected more than 0 and less than 1".formatted(rate));
    }
    return BloomState.of(evaluation, expected, rate);
  }
}
