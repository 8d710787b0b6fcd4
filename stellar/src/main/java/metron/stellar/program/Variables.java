package metron.stellar.program;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The variables of a kind of records. Asked once for every name of a program, when it is compiled.
///
/// @param <R> what programs run on
@FunctionalInterface
public interface Variables<R> {
  /// The name of the map of all variables.
  String ALL = "_";

  /// @return null when there can't be such a variable, which is a fault of the program
  @Nullable Variable<R> resolve(String name);

  /// Whether reading a variable may fail; programs then keep the order of the source in all cases.
  default boolean strict() {
    return false;
  }

  /// Names to suggest for one that does not resolve.
  default List<String> names() {
    return List.of();
  }

  /// What a variable that a map does not hold means.
  enum Missing {
    NULL,
    ERROR
  }

  /// The entries of a map.
  static Variables<Map<String, ?>> ofMap(Missing missing) {
    return switch (missing) {
      case NULL -> MapVariables.NULL;
      case ERROR -> MapVariables.ERROR;
    };
  }
}
