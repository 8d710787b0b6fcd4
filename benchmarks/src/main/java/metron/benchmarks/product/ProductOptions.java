package metron.benchmarks.product;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the command line says about a benchmark of the whole product.
///
/// @param events lines of the demo; 5,000,000 if nothing is said
/// @param heap of the product's process, as `-Xmx` takes it
/// @param data directory to work in and to keep; null: a temporary one
public record ProductOptions(long events, String heap, @Nullable Path data) {
  public static final ProductOptions DEFAULT = new ProductOptions(5_000_000, "1536m", null);

  /// @param arguments `--events N`, `--heap SIZE`, `--data DIR`
  /// @throws IllegalArgumentException saying which argument is wrong and what is expected
  public static ProductOptions parse(List<String> arguments) {
    ProductOptions options = DEFAULT;
    for (int i = 0; i < arguments.size(); i += 2) {
      String name = arguments.get(i);
      if (i + 1 == arguments.size()) {
        throw new IllegalArgumentException(name + " has no value");
      }
      String value = arguments.get(i + 1);
      options =
          switch (name) {
            case "--events" -> new ProductOptions(events(value), options.heap, options.data);
            case "--heap" -> new ProductOptions(options.events, value, options.data);
            case "--data" -> new ProductOptions(options.events, options.heap, Path.of(value));
            default ->
                throw new IllegalArgumentException(
                    "there is no option '" + name + "', expected --events, --heap or --data");
          };
    }
    return options;
  }

  private static long events(String text) {
    if (!text.matches("[1-9]\\d{0,9}")) {
      throw new IllegalArgumentException("--events is '" + text + "', expected a number above 0");
    }
    return Long.parseLong(text);
  }
}
