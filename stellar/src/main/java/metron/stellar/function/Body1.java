package metron.stellar.function;

import org.jspecify.annotations.Nullable;

/// The body of a function of at most 1 argument. An argument that is left out is null.
@FunctionalInterface
public non-sealed interface Body1 extends Body {
  @Nullable Object call(Evaluation evaluation, @Nullable Object first);

  @Override
  default @Nullable Object apply(Evaluation evaluation, @Nullable Object[] arguments) {
    return call(evaluation, Body.argument(arguments, 0));
  }
}
