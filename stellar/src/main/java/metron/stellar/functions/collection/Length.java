package metron.stellar.functions.collection;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `LENGTH(value?)`
public final class Length {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("LENGTH('abc')", 3),
          new Example("LENGTH([1, 2])", 2),
          new Example("LENGTH({'a' : 1})", 1),
          new Example("LENGTH(null)", 0),
          new Example("LENGTH(12)", 0));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("LENGTH")
          .group("Collections")
          .means("Counts the characters of a text or the elements of a list, set or map.")
          .takesOptional("value", "what to count", Type.ANY)
          .returns(Type.INTEGER, "0 for null and for anything else")
          .neverFails()
          .examples(EXAMPLES)
          .body1(Length::call);

  private Length() {}

  static Object call(Evaluation evaluation, @Nullable Object value) {
    return switch (value) {
      case String text -> text.length();
      case Collection<?> elements -> elements.size();
      case Map<?, ?> map -> map.size();
      case null, default -> 0;
    };
  }
}
