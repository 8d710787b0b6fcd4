package metron.storage;

import java.io.IOException;
import java.time.Duration;

/// A search was given up: it ran longer than the store allows, or its thread was interrupted.
public final class SearchTimeoutException extends IOException {
  private static final long serialVersionUID = 1;

  public SearchTimeoutException(Duration allowed) {
    super(
        "the search was stopped after "
            + allowed.toSeconds()
            + " s: ask for a shorter time or add a condition with an exact value");
  }
}
