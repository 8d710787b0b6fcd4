package metron.stellar.function;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A call and its answer, which the tests run and the manual prints.
///
/// @param source the expression
/// @param answer its value, or a [Failure]
/// @param variables what it reads; empty for most
public record Example(
    String source, @Nullable Object answer, Map<String, @Nullable Object> variables) {
  /// The answer of an example that fails.
  ///
  /// @param message a part of the error message
  public record Failure(String message) {}

  public Example {
    variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
  }

  public Example(String source, @Nullable Object answer) {
    this(source, answer, Map.of());
  }

  public static Failure failure(String message) {
    return new Failure(message);
  }

  /// The same example with one more variable.
  public Example given(String name, @Nullable Object value) {
    Map<String, @Nullable Object> more = new LinkedHashMap<>(variables);
    more.put(name, value);
    return new Example(source, answer, more);
  }
}
