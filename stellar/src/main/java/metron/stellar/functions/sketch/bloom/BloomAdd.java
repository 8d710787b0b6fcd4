package metron.stellar.functions.sketch.bloom;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `BLOOM_ADD(filter, value?...)`
public final class BloomAdd {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("BLOOM_EXISTS(BLOOM_ADD(BLOOM_INIT(), 'a', 'b'), 'b')", true),
          new Example("BLOOM_EXISTS(BLOOM_ADD(BLOOM_INIT(), null), 'a')", false),
          new Example(
              "BLOOM_ADD(null, 'a')",
              Example.failure("argument 1 is null, expected a filter of BLOOM_INIT")),
          new Example(
                  "BLOOM_ADD(x, 1)",
                  Example.failure("argument 1 is the integer 7, expected a filter of BLOOM_INIT"))
              .given("x", 7));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("BLOOM_ADD")
          .group("Bloom filters")
          .means("Adds values to a Bloom filter.")
          .takes("filter", "the filter, which changes", Type.STATE)
          .takesAny("value", "what to add; null is passed over", Type.ANY)
          .returns(Type.STATE, "the filter")
          .fails("When the first argument is no filter.")
          .impure()
          .examples(EXAMPLES)
          .bodyN(BloomAdd::call);

  private BloomAdd() {}

  static Object call(Evaluation evaluation, @Nullable Object[] arguments) {
    BloomState filter = BloomState.argument(1, arguments[0]);
    for (int i = 1; i < arguments.length; i++) {
      Object value = arguments[i];
      if (value != null) {
        filter.add(evaluation, i + 1, value);
      }
    }
    return filter;
  }
}
