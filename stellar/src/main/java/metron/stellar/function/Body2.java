package metron.stellar.function;

import org.jspecify.annotations.Nullable;

/// The body of a function of at most 2 arguments. An argument that is left out is null.
@FunctionalInterface
public non-sealed interface Body2 extends Body {
  @Nullable Object call(Evaluation evaluation, @Nullable Object first, @Nullable Object second);

  @Override
  default @Nullable Object apply(Evaluation evaluation, @Nullable Object[] arguments) {
    return call(evaluation, Body.argument(arguments, 0), Body.argument(arguments, 1));
  }
}
