package metron.stellar.functions.sketch.bloom;

import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `BLOOM_MERGE(filters?)`
public final class BloomMerge {
  static final List<Example> EXAMPLES =
      List.of(
          new Example(
              "BLOOM_EXISTS(BLOOM_MERGE([BLOOM_ADD(BLOOM_INIT(), 'a'), BLOOM_ADD(BLOOM_INIT(), 'b')]), 'b')",
              true),
          new Example("BLOOM_MERGE([])", null),
          new Example("BLOOM_MERGE(null)", null),
          new Example(
              "BLOOM_MERGE([BLOOM_INIT(10), BLOOM_INIT(20000)])",
              Example.failure("argument 1: has filters of")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("BLOOM_MERGE")
          .group("Bloom filters")
          .means("Puts the values of some Bloom filters together in the first of them.")
          .takesOptional(
              "filters",
              "a list of filters made with the same numbers; what is none is passed over",
              Type.ANY)
          .returns(Type.STATE, "the first filter, which changes; null when there is none")
          .fails("When two filters were made with different numbers.")
          .impure()
          .examples(EXAMPLES)
          .body1(BloomMerge::call);

  private BloomMerge() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object filters) {
    if (!(filters instanceof List<?> list)) {
      return null;
    }
    BloomState merged = null;
    for (Object element : list) {
      if (!(element instanceof BloomState next)) {
        continue;
      }
      if (merged == null) {
        merged = next;
      } else if (merged.merges(next)) {
        evaluation.steps(1 + next.bits() / 1024);
        merged.addAll(next);
      } else {
        throw FunctionFailure.argument(
            1,
            "has filters of %d and %d bits, which do not merge: make both with the same numbers"
                .formatted(merged.bits(), next.bits()));
      }
    }
    return merged;
  }
}
