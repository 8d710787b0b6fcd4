package metron.stellar.functions.text;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import metron.stellar.functions.Values;
import org.jspecify.annotations.Nullable;

/// `STRING_ENTROPY(text)`
public final class StringEntropy {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("STRING_ENTROPY('aabb')", 1.0),
          new Example("STRING_ENTROPY('abcd')", 2.0),
          new Example("STRING_ENTROPY('aaaa')", 0.0),
          new Example("STRING_ENTROPY('')", 0.0),
          new Example("STRING_ENTROPY(null)", 0.0));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("STRING_ENTROPY")
          .group("Strings")
          .means("Measures how mixed the characters of a text are: Shannon entropy to base 2.")
          .takes("text", "what to measure; anything else than a text by its text", Type.ANY)
          .returns(Type.DOUBLE, "bits a character; 0 for null and for an empty text")
          .fails("When the value nests too deeply to have a text.")
          .examples(EXAMPLES)
          .body1(StringEntropy::call);

  private StringEntropy() {}

  static Object call(Evaluation evaluation, @Nullable Object text) {
    Object value = text;
    if (value instanceof Collection<?> elements) {
      // As every conversion to text in Metron: a list stands for its first element.
      value = elements.isEmpty() ? null : elements.iterator().next();
    }
    String s = value == null ? "" : Values.text(evaluation, 1, value);
    int length = s.length();
    if (length == 0) {
      return 0.0;
    }
    evaluation.steps(length / 16);
    int[] narrow = new int[256];
    Map<Character, Integer> wide = new LinkedHashMap<>();
    for (int i = 0; i < length; i++) {
      char c = s.charAt(i);
      if (c < 256) {
        narrow[c]++;
      } else {
        wide.merge(c, 1, Integer::sum);
      }
    }
    double entropy = 0;
    for (int count : narrow) {
      entropy -= share(count, length);
    }
    for (int count : wide.values()) {
      entropy -= share(count, length);
    }
    return entropy == 0 ? 0.0 : entropy;
  }

  private static double share(int count, int length) {
    if (count == 0) {
      return 0;
    }
    double p = (double) count / length;
    return p * Math.log(p) / Math.log(2);
  }
}
