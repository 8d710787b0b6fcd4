package metron.stellar.functions.collection;

import java.util.List;
import java.util.Map;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Arguments;
import org.jspecify.annotations.Nullable;

/// `IT_ENTROPY(multiset)`
public final class Entropy {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("IT_ENTROPY({'a' : 1, 'b' : 1})", 1.0),
          new Example("IT_ENTROPY(MULTISET_INIT([1, 2, 3, 4]))", 2.0),
          new Example("IT_ENTROPY({})", 0.0),
          new Example("IT_ENTROPY(null)", null),
          new Example("IT_ENTROPY(x)", Example.failure("argument 1 is the integer 7, expected map"))
              .given("x", 7),
          new Example(
              "IT_ENTROPY({'a' : 'b'})",
              Example.failure("argument 1: has the string 'b' as a count")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("IT_ENTROPY")
          .group("Multisets")
          .means("Measures how mixed a multiset is: Shannon entropy to base 2.")
          .takes("multiset", "the multiset", Type.MAP)
          .returns(Type.DOUBLE, "bits a value; null for null, 0 for an empty one")
          .fails("When the argument is no multiset.")
          .examples(EXAMPLES)
          .body1(Entropy::call);

  private Entropy() {}

  static @Nullable Object call(Evaluation evaluation, @Nullable Object multiset) {
    if (multiset == null) {
      return null;
    }
    Map<?, ?> counts = Arguments.map(1, multiset);
    evaluation.steps(counts.size());
    int total = 0;
    for (Object count : counts.values()) {
      total += Counts.count(1, count);
    }
    double entropy = 0;
    for (Object count : counts.values()) {
      double p = (double) Counts.count(1, count) / total;
      entropy -= p * Math.log(p) / Math.log(2);
    }
    return entropy == 0 ? 0.0 : entropy;
  }
}
