package metron.stellar.function;

import java.util.List;

/// One parameter of a function.
///
/// @param name as the manual prints it: lower case, one word
/// @param meaning one line, without the type
/// @param types the types that the body accepts; never empty
/// @param count how often it may be given
public record Parameter(String name, String meaning, List<Type> types, Count count) {
  /// How often a parameter may be given. Only the last parameter repeats, and after an optional one
  /// none is required.
  public enum Count {
    ONCE,
    OPTIONAL,
    /// One or more.
    MANY,
    /// None or more.
    ANY
  }

  public Parameter {
    types = List.copyOf(types);
    if (types.isEmpty()) {
      throw new IllegalArgumentException("parameter '" + name + "' has no type");
    }
  }

  boolean repeats() {
    return count == Count.MANY || count == Count.ANY;
  }

  /// The types in words: `list, set or string`.
  public String typeText() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < types.size(); i++) {
      text.append(i == 0 ? "" : i == types.size() - 1 ? " or " : ", ").append(types.get(i).text());
    }
    return text.toString();
  }
}
