package metron.stellar.function;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The functions that a program can call, by name. Built from explicit lists: nothing is looked for on
/// the class path.
public final class FunctionRegistry {
  private final SortedMap<String, StellarFunction> byName;
  private final Map<String, String> absent;

  private FunctionRegistry(SortedMap<String, StellarFunction> byName, Map<String, String> absent) {
    this.byName = byName;
    this.absent = Map.copyOf(absent);
  }

  /// @throws IllegalArgumentException when two functions have one name, naming it
  public static FunctionRegistry of(Collection<StellarFunction> functions) {
    return new FunctionRegistry(new TreeMap<>(), Map.of()).with(functions);
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
    return new FunctionRegistry(all, absent);
  }

  /// This registry, which also knows why functions that people may look for are not here.
  ///
  /// @param reasons by name: a sentence, and what to do instead
  public FunctionRegistry without(Map<String, String> reasons) {
    return new FunctionRegistry(byName, reasons);
  }

  /// Why there is no such function; null where nobody expects it.
  public @Nullable String reasonAgainst(String name) {
    return byName.containsKey(name) ? null : absent.get(name);
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
