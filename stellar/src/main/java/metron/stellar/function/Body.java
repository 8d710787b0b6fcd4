package metron.stellar.function;

import org.jspecify.annotations.Nullable;

/// What a function does. Compiled programs call the method with the fitting number of arguments, so
/// that no array is made for a call; the interpreter calls [#apply].
public sealed interface Body permits Body0, Body1, Body2, Body3, Body4, BodyN {
  @Nullable Object apply(Evaluation evaluation, @Nullable Object[] arguments);

  /// The argument at an index from 0, null where it was left out.
  static @Nullable Object argument(@Nullable Object[] arguments, int index) {
    return index < arguments.length ? arguments[index] : null;
  }
}
