package metron.stellar.value;

/// Operands that an operator has no answer for.
public final class OperatorFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public OperatorFailure(String message) {
    super(message, null, false, false);
  }
}
