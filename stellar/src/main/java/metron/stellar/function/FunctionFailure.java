package metron.stellar.function;

/// A call that has no answer: a function's way to say that its arguments make no sense to it. Carries
/// no stack trace; the engine adds the function's name and the place in the program.
public class FunctionFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int argument;

  FunctionFailure(int argument, String message) {
    super(message, null, false, false);
    this.argument = argument;
  }

  /// A failure that no single argument is to blame for.
  public static FunctionFailure because(String message) {
    return new FunctionFailure(0, message);
  }

  /// A failure of one argument.
  ///
  /// @param argument counted from 1
  /// @param message what was found and what was expected
  public static FunctionFailure argument(int argument, String message) {
    return new FunctionFailure(argument, message);
  }

  /// An argument of the wrong type: `is the integer 8, expected string`.
  ///
  /// @param argument counted from 1
  public static FunctionFailure type(
      int argument, @org.jspecify.annotations.Nullable Object found, String expected) {
    return new FunctionFailure(argument, "is " + Type.describe(found) + ", expected " + expected);
  }

  /// The argument to blame, counted from 1; 0 when it is none in particular.
  public int argument() {
    return argument;
  }
}
