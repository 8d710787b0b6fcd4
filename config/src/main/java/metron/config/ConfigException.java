package metron.config;

import java.util.List;
import java.util.stream.Collectors;

/// A configuration that can't be used, with all its faults. The message has one fault a line.
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<Fault> faults;

  public ConfigException(List<Fault> faults) {
    super(faults.stream().map(Fault::toString).collect(Collectors.joining("\n")));
    this.faults = List.copyOf(faults);
  }

  public List<Fault> faults() {
    return faults;
  }
}
