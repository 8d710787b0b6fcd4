package metron.benchmarks.product;

import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// How long does an analyst wait for the alert list when there are 1,000,000 alerts? At the store's port: the list with 50 hits,
/// a split histogram and five facets; the next page of a list by score, 10,000 alerts deep; one change of status.
///
/// Run: `bin/metron bench alerts [--events N]`. Last result: see `docs/performance.md`.
public final class AlertsBenchmark {
  private static final long ALERTS = 1_000_000;

  private AlertsBenchmark() {}

  /// @return exit code
  public static int run(ProductOptions options, boolean json, PrintStream out)
      throws IOException, InterruptedException {
    long alerts = options.events() == ProductOptions.DEFAULT.events() ? ALERTS : options.events();
    try (ProductBenchmark.Workplace place = ProductBenchmark.Workplace.of(options)) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("name", "alerts");
      row.putAll(
          Child.run(
              RunAlerts.class,
              options.heap(),
              List.of(
                  place.directory().resolve("bench-alerts").toString(), String.valueOf(alerts))));
      if (json) {
        out.println(JsonMapper.shared().writeValueAsString(row));
      } else {
        for (String what : List.of("list", "page", "edit")) {
          out.printf(
              Locale.ROOT,
              "%-18s p50 %6.1f ms   p95 %6.1f ms   p99 %6.1f ms   of %,.0f alerts%n",
              "alerts " + what,
              ProductBenchmark.number(row, what + "P50"),
              ProductBenchmark.number(row, what + "P95"),
              ProductBenchmark.number(row, what + "P99"),
              ProductBenchmark.number(row, "alerts"));
        }
      }
      return 0;
    }
  }
}
