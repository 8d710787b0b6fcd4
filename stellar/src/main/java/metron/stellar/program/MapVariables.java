package metron.stellar.program;

import java.util.Map;
import metron.stellar.value.OperatorFailure;
import org.jspecify.annotations.Nullable;

/// The entries of a map as variables.
enum MapVariables implements Variables<Map<String, ?>> {
  /// What a map does not hold is null.
  NULL,
  /// What a map does not hold is an error.
  ERROR;

  @Override
  public boolean strict() {
    return this == ERROR;
  }

  @Override
  public Variable<Map<String, ?>> resolve(String name) {
    if (name.equals(ALL)) {
      return map -> map.containsKey(ALL) ? map.get(ALL) : map;
    }
    return this == NULL ? map -> map.get(name) : new Defined(name);
  }

  private record Defined(String name) implements Variable<Map<String, ?>> {
    @Override
    public @Nullable Object get(Map<String, ?> map) {
      Object value = map.get(name);
      if (value == null && !map.containsKey(name)) {
        throw new OperatorFailure("the variable '" + name + "' is not defined");
      }
      return value;
    }

    @Override
    public @Nullable Object orNull(Map<String, ?> map) {
      return map.get(name);
    }
  }
}
