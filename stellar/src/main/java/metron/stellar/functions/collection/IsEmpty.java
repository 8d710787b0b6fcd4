package metron.stellar.functions.collection;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import metron.stellar.function.Evaluation;
import metron.stellar.function.Example;
import metron.stellar.function.StellarFunction;
import metron.stellar.function.Type;
import org.jspecify.annotations.Nullable;

/// `IS_EMPTY(value?)`
public final class IsEmpty {
  static final List<Example> EXAMPLES =
      List.of(
          new Example("IS_EMPTY('')", true),
          new Example("IS_EMPTY([])", true),
          new Example("IS_EMPTY({})", true),
          new Example("IS_EMPTY(null)", true),
          new Example("IS_EMPTY(' ')", false),
          new Example("IS_EMPTY(0)", false));

  public static final StellarFunction FUNCTION =
      StellarFunction.named("IS_EMPTY")
          .group("Collections")
          .means("Says whether a text, list, set or map has nothing in it.")
          .takesOptional("value", "what to look at", Type.ANY)
          .returns(Type.BOOLEAN, "true for null; false for anything else")
          .neverFails()
          .examples(EXAMPLES)
          .body1(IsEmpty::call);

  private IsEmpty() {}

  static Object call(Evaluation evaluation, @Nullable Object value) {
    return switch (value) {
      case null -> true;
      case String text -> text.isEmpty();
      case Collection<?> elements -> elements.isEmpty();
      case Map<?, ?> map -> map.isEmpty();
      default -> false;
    };
  }
}
