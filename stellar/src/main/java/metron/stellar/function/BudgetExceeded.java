package metron.stellar.function;

/// A program that did or made more than its budget allows. Not a [FunctionFailure]: no function may
/// catch it.
public final class BudgetExceeded extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BudgetExceeded(String message) {
    super(message, null, false, false);
  }
}
