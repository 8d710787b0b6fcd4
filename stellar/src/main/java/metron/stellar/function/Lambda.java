package metron.stellar.function;

import org.jspecify.annotations.Nullable;

/// `(x, y) -> e` as a value that functions call. Arguments that the lambda does not name are dropped,
/// those that it names and does not get are null. Good only while the evaluation lasts that made it.
public abstract class Lambda {
  private final int arity;

  /// @param arity the number of variables it names
  protected Lambda(int arity) {
    this.arity = arity;
  }

  /// The number of variables it names.
  public final int arity() {
    return arity;
  }

  /// Calls with up to three arguments; the others are null.
  public abstract @Nullable Object call(
      @Nullable Object first, @Nullable Object second, @Nullable Object third);

  /// Calls with any number of arguments.
  public abstract @Nullable Object callAll(@Nullable Object[] arguments);

  public final @Nullable Object call() {
    return call(null, null, null);
  }

  public final @Nullable Object call(@Nullable Object first) {
    return call(first, null, null);
  }

  public final @Nullable Object call(@Nullable Object first, @Nullable Object second) {
    return call(first, second, null);
  }
}
