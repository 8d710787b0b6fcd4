package metron.stellar.functions.text;

import metron.stellar.function.Evaluation;
import metron.stellar.function.FunctionFailure;
import metron.stellar.functions.Conversion;
import metron.stellar.functions.Values;
import org.jspecify.annotations.Nullable;

/// What the two filling functions share: the reading of their arguments.
final class Filling {
  private Filling() {}

  static String left(
      Evaluation evaluation, Object text, @Nullable Object fill, @Nullable Object length) {
    String whole = Values.text(evaluation, 1, text);
    return padding(evaluation, whole, fill, length) + whole;
  }

  static String right(
      Evaluation evaluation, Object text, @Nullable Object fill, @Nullable Object length) {
    String whole = Values.text(evaluation, 1, text);
    return whole + padding(evaluation, whole, fill, length);
  }

  private static String padding(
      Evaluation evaluation, String whole, @Nullable Object fill, @Nullable Object length) {
    if (fill == null) {
      throw FunctionFailure.type(2, null, "a character");
    }
    String character = Values.text(evaluation, 2, fill);
    if (character.isEmpty()) {
      throw FunctionFailure.argument(2, "is empty, expected a character");
    }
    Integer wanted = Conversion.toInteger(length);
    if (wanted == null) {
      throw FunctionFailure.type(3, length, "integer");
    }
    int missing = wanted - whole.length();
    if (missing <= 0 || wanted < 0) {
      return "";
    }
    // The padding, and the text that it becomes a part of.
    evaluation.allocate(4L * wanted);
    return character.substring(0, 1).repeat(missing);
  }
}
