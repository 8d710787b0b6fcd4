package metron.event.json;

import java.io.IOException;

/// Text that is not the JSON expected. Says what was found and expected; made without a stack trace, since hostile input may
/// bring millions of them.
public final class JsonException extends IOException {
  private static final long serialVersionUID = 1;

  private final int offset;

  JsonException(int offset, String message) {
    super(message);
    this.offset = offset;
  }

  /// The byte where it went wrong, counted from the start of the array that was read.
  public int offset() {
    return offset;
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
