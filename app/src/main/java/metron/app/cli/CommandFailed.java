package metron.app.cli;

/// A command cannot do what it was asked; the message is for the person who asked.
public final class CommandFailed extends Exception {
  private static final long serialVersionUID = 1;

  private final int exitCode;

  private CommandFailed(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /// It was tried and did not work: exit code 1.
  static CommandFailed failed(String message) {
    return new CommandFailed(1, message);
  }

  /// It cannot be what was meant: exit code 2.
  static CommandFailed wrongUse(String message) {
    return new CommandFailed(2, message);
  }

  public int exitCode() {
    return exitCode;
  }
}
