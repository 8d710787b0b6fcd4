package metron.config;

import java.util.ArrayList;
import java.util.List;

/// Gathers the faults of one or several files, in the order found. Not thread-safe.
public final class Faults {
  private final List<Fault> found = new ArrayList<>();

  public void add(Fault fault) {
    found.add(fault);
  }

  public void add(Position at, String message) {
    add(new Fault(at.file(), at.line(), at.column(), message));
  }

  /// A fault of the file as a whole.
  public void add(String file, String message) {
    add(new Fault(file, 0, 0, message));
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /// How many so far; to tell whether a part added some.
  public int count() {
    return found.size();
  }

  public List<Fault> list() {
    return List.copyOf(found);
  }

  /// @throws ConfigException with all of them, if there is one
  public void throwIfAny() throws ConfigException {
    if (!found.isEmpty()) {
      throw new ConfigException(found);
    }
  }
}
