package metron.stellar.functions.sketch.bloom;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `BLOOM_EXISTS(filter?, value?)`
public final class BloomExists {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("BLOOM_EXISTS(BLOOM_ADD(BLOOM_INIT(), 'a'), 'a')", true),
          new Example("BLOOM_EXISTS(BLOOM_INIT(), 'a')", false),
          new Example("BLOOM_EXISTS(BLOOM_INIT(), null)", false),
          new Example("BLOOM_EXISTS()", false),
          new Example(
              "BLOOM_EXISTS(null, 'a')",
              Example.failure("argument 1 is null, expected a filter of BLOOM_INIT")),
          new Example(
                  "BLOOM_EXISTS(x, 1)",
                  Example.failure("argument 1 is the integer 7, expected a filter of BLOOM_INIT"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("BLOOM_EXISTS")
          .group("Bloom filters")
          .means("Says whether a Bloom filter may have a value.")
          .takesOptional("filter", "the filter", Type.STATE)
          .takesOptional("value", "the value", Type.ANY)
          .returns(Type.BOOLEAN, "false is certain; false for a null value")
          .fails("When the first argument is no filter.")
          .examples(EXAMPLES)
          .bodyN(BloomExists::call);

  private BloomExists() {}

  static Object call(Evaluation evaluation, @Nullable Object[] arguments) {
    if (arguments.length == 0) {
      return false;
    }
    if (arguments.length == 1 || arguments[1] == null) {
      return false;
    }
    return BloomState.argument(1, arguments[0]).mayHave(evaluation, 2, arguments[1]);
  }
}
