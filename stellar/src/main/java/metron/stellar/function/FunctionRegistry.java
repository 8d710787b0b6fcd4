package metron.stellar.function;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The functions that a program can call, by name. Built from explicit lists: nothing is looked for on
/// the class path.
public final class FunctionRegistry {
  private final SortedMap<String, StellarFunction> byName;

  private FunctionRegistry(SortedMap<String, StellarFunction> byName) {
    this.byName = byName;
  }

  /// @throws IllegalArgumentException when two functions have one name, naming it
  public static FunctionRegistry of(Collection<StellarFunction> functions) {
    return new FunctionRegistry(new TreeMap<>()).with(functions);
  }

  /// This registry and more functions.
  ///
  /// @throws IllegalArgumentException when two functions have one name, naming it
  public FunctionRegistry with(Collection<StellarFunction> more) {
    SortedMap<String, StellarFunction> all = new TreeMap<>(byName);
    for (StellarFunction f : more) {
      if (all.put(f.name(), f) != null) {
        throw new IllegalArgumentException("two functions are named " + f.name());
      }
    }
    return new FunctionRegistry(all);
  }

  /// The function of a name, or null; names are case-sensitive as in Metron.
  public @Nullable StellarFunction function(String name) {
    return byName.get(name);
  }

  /// All functions in the order of their names.
  public List<StellarFunction> all() {
    return new ArrayList<>(byName.values());
  }

  /// All names, sorted.
  public List<String> names() {
    return new ArrayList<>(byName.keySet());
  }
}
