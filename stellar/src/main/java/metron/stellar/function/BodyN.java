package metron.stellar.function;

import org.jspecify.annotations.Nullable;

/// The body of a function of any number of arguments; the array has those that were given, and is
/// the body's own.
@FunctionalInterface
public non-sealed interface BodyN extends Body {
  @Nullable Object call(Evaluation evaluation, @Nullable Object[] arguments);

  @Override
  default @Nullable Object apply(Evaluation evaluation, @Nullable Object[] arguments) {
    return call(evaluation, arguments);
  }
}
