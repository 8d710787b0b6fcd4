package metron.stellar.functions;

import java.util.Collection;
import java.util.Map;
import metron.stellar.function.Evaluation;
import metron.stellar.function.FunctionFailure;
import org.jspecify.annotations.Nullable;

/// Care with values that hold values. A program can nest lists in lists, and the same list twice in
/// another, until a text or a hash code of it takes for ever or all of the stack; everyone who asks
/// for one of these weighs the value first, which costs steps.
public final class Values {
  /// Lists within lists; as deep as JSON may be.
  public static final int DEEPEST = 200;

  private Values() {}

  /// The text of a value, as `toString` gives it, with its memory counted.
  ///
  /// @param argument the argument to blame, counted from 1
  public static String text(Evaluation evaluation, int argument, Object value) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof Collection || value instanceof Map) {
      evaluation.allocate(2 * weigh(evaluation, argument, value));
    }
    return value.toString();
  }

  /// Counts a step for each value within a value, and answers about how many characters its text
  /// has.
  ///
  /// @param argument the argument to blame, counted from 1
  /// @throws FunctionFailure when it nests too deeply
  public static long weigh(Evaluation evaluation, int argument, @Nullable Object value) {
    return weigh(evaluation, argument, value, null, 0);
  }

  /// Weighs a value that is going to be put into a collection or map.
  ///
  /// @throws FunctionFailure also when the value holds that collection: it would hold itself
  public static void weighFor(
      Evaluation evaluation, int argument, @Nullable Object value, Object holder) {
    if (value instanceof Collection || value instanceof Map) {
      weigh(evaluation, argument, value, holder, 0);
    }
  }

  private static long weigh(
      Evaluation evaluation,
      int argument,
      @Nullable Object value,
      @Nullable Object holder,
      int depth) {
    if (value instanceof String text) {
      return text.length();
    }
    if (!(value instanceof Collection) && !(value instanceof Map)) {
      return 24;
    }
    if (depth > DEEPEST) {
      throw FunctionFailure.argument(
          argument, "nests more than %d collections in each other".formatted(DEEPEST));
    }
    if (value == holder) {
      throw FunctionFailure.argument(
          argument, "holds what it is added to, and so would hold itself");
    }
    long weight = 2;
    if (value instanceof Collection<?> elements) {
      for (Object element : elements) {
        evaluation.step();
        weight += 2 + weigh(evaluation, argument, element, holder, depth + 1);
      }
    } else if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        evaluation.step();
        weight +=
            3
                + weigh(evaluation, argument, entry.getKey(), holder, depth + 1)
                + weigh(evaluation, argument, entry.getValue(), holder, depth + 1);
      }
    }
    return weight;
  }
}
