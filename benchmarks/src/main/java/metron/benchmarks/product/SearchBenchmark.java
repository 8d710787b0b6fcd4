package metron.benchmarks.product;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// How long does an analyst wait for the search page while events go on coming? Over the 5,000,000 events of
/// [ProductBenchmark], 2,000 new ones a second, each question a term and a range over 24 hours with 50 hits, a histogram and
/// five facets, at the store's port and over REST; half of them are asked for the first time, half as a page that renews itself
/// asks them. The goal is 150 ms for 95 of 100.
///
/// Run: `bin/metron bench search [--events N] [--heap 1536m] [--data DIR]`; with a `--data` that `bench product` has filled,
/// the index is taken from there. Last result: see `docs/performance.md`.
public final class SearchBenchmark {
  private static final int RATE = 2_000;
  private static final int SECONDS = 60;

  private SearchBenchmark() {}

  /// @return exit code
  public static int run(ProductOptions options, boolean json, PrintStream out)
      throws IOException, InterruptedException {
    try (ProductBenchmark.Workplace place = ProductBenchmark.Workplace.of(options)) {
      if (!Files.isDirectory(place.directory().resolve("index/events"))) {
        Map<String, Object> _ = place.fill(options.events());
        Map<String, Object> _ = place.ingest(options);
      }
      System.err.println("searching while events come …");
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("name", "search");
      row.putAll(
          Child.run(
              RunSearch.class,
              options.heap(),
              List.of(
                  place.directory().toString(), String.valueOf(RATE), String.valueOf(SECONDS))));
      if (json) {
        out.println(JsonMapper.shared().writeValueAsString(row));
      } else {
        for (String where : List.of("storeFirst", "storeAgain", "restFirst", "restAgain")) {
          out.printf(
              Locale.ROOT,
              "%-18s p50 %6.1f ms   p95 %6.1f ms   p99 %6.1f ms   over %,.0f events, %,.0f/s more%n",
              "search " + where,
              ProductBenchmark.number(row, where + "P50"),
              ProductBenchmark.number(row, where + "P95"),
              ProductBenchmark.number(row, where + "P99"),
              ProductBenchmark.number(row, "documents"),
              ProductBenchmark.number(row, "indexedPerSecond"));
        }
      }
      return 0;
    }
  }
}
