package metron.event.binary;

import java.io.IOException;

/// Bytes that are not an event as [EventCodec] writes it: cut, damaged, or from a newer version.
public final class CorruptEventException extends IOException {
  private static final long serialVersionUID = 1;

  CorruptEventException(String message) {
    super(message);
  }

  CorruptEventException(String message, Throwable cause) {
    super(message, cause);
  }
}
