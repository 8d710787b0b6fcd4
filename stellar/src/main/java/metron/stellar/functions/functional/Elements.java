package metron.stellar.functions.functional;

import java.util.AbstractList;
import java.util.Collection;
import metron.stellar.function.Evaluation;
import metron.stellar.function.FunctionFailure;

/// What a lambda is called for: the elements of a list or set, or the characters of a text.
final class Elements {
  private Elements() {}

  /// The elements, which a lambda can't change while they are walked.
  static Collection<?> of(Evaluation evaluation, Object list) {
    if (list instanceof String text) {
      return new AbstractList<String>() {
        @Override
        public String get(int index) {
          return String.valueOf(text.charAt(index));
        }

        @Override
        public int size() {
          return text.length();
        }
      };
    }
    if (list instanceof Collection<?> elements) {
      evaluation.allocate(8L * elements.size());
      return java.util.Arrays.asList(elements.toArray());
    }
    throw FunctionFailure.type(1, list, "list, set or string");
  }
}
