package metron.stellar.functions.similarity;

import java.util.ArrayList;
import java.util.List;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;

/// `FUZZY_LANGS()`
public final class FuzzyLangs {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("'en' in FUZZY_LANGS()", true),
          new Example("'klingon' in FUZZY_LANGS()", false));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("FUZZY_LANGS")
          .group("Similarity")
          .means("Names the languages that FUZZY_SCORE knows.")
          .returns(Type.LIST, "language tags in order")
          .neverFails()
          .impure()
          .examples(EXAMPLES)
          .body0(FuzzyLangs::call);

  private FuzzyLangs() {}

  static Object call(Evaluation evaluation) {
    evaluation.allocate(16L * Languages.TAGS.size());
    return new ArrayList<Object>(Languages.TAGS);
  }
}
