package metron.stellar.function;

import org.jspecify.annotations.Nullable;

/// The body of a function of at most 0 arguments.
@FunctionalInterface
public non-sealed interface Body0 extends Body {
  @Nullable Object call(Evaluation evaluation);

  @Override
  default @Nullable Object apply(Evaluation evaluation, @Nullable Object[] arguments) {
    return call(evaluation);
  }
}
