package metron.stellar.functions.similarity;

import java.util.List;
import java.util.Locale;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.FunctionFailure;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `FUZZY_SCORE(term, query, language)`
public final class FuzzyScore {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("FUZZY_SCORE('metron', 'mtn', 'en')", 3),
          new Example("FUZZY_SCORE('metron', 'met', 'en')", 7),
          new Example("FUZZY_SCORE('Metron', 'MET', 'en')", 7),
          new Example("FUZZY_SCORE('', 'a', 'en')", 0),
          new Example("FUZZY_SCORE(null, 'a', 'en')", 0),
          new Example(
              "FUZZY_SCORE('a', 'a', 'klingon')",
              Example.failure("argument 3 is the string 'klingon', expected a language")));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("FUZZY_SCORE")
          .group("Similarity")
          .means(
              "Scores how well a query fits a term: a point for each of its characters found in order, two more when it follows the one found before.")
          .takes("term", "the term", Type.ANY)
          .takes("query", "the query", Type.ANY)
          .takes(
              "language",
              "whose rules for small letters count, such as `en`; see FUZZY_LANGS",
              Type.ANY)
          .returns(Type.INTEGER, "0 when an argument is no text")
          .fails("When the language is unknown.")
          .examples(EXAMPLES)
          .body3(FuzzyScore::call);

  private FuzzyScore() {}

  static Object call(
      Evaluation evaluation,
      @Nullable Object term,
      @Nullable Object query,
      @Nullable Object language) {
    if (!(term instanceof String whole)
        || !(query instanceof String sought)
        || !(language instanceof String tag)) {
      return 0;
    }
    if (!Languages.TAGS.contains(tag)) {
      throw FunctionFailure.type(3, tag, "a language such as 'en', one of FUZZY_LANGS()");
    }
    if (whole.isEmpty() || sought.isEmpty()) {
      return 0;
    }
    evaluation.steps((whole.length() + sought.length()) / 16);
    Locale locale = Locale.forLanguageTag(tag);
    String in = whole.toLowerCase(locale);
    String of = sought.toLowerCase(locale);
    int score = 0;
    int at = 0;
    int before = Integer.MIN_VALUE;
    for (int q = 0; q < of.length(); q++) {
      int found = in.indexOf(of.charAt(q), at);
      if (found < 0) {
        // What is not found after the last match is not found for any later character either: they
        // would have to stand behind it.
        break;
      }
      score += found == before + 1 ? 3 : 1;
      before = found;
      at = found + 1;
    }
    return score;
  }
}
