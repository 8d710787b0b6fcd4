package metron.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import metron.benchmarks.product.AlertsBenchmark;
import metron.benchmarks.product.PoisonBenchmark;
import metron.benchmarks.product.ProductBenchmark;
import metron.benchmarks.product.ProductOptions;
import metron.benchmarks.product.SearchBenchmark;
import metron.benchmarks.product.StartBenchmark;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/// `bin/metron bench [name] [--json]`: runs the benchmarks of that name and prints a table, or one JSON object a line. Without
/// a name those that take a minute: `core` and `parsers`. Those of the whole product take some: `product`, `search`, `alerts`,
/// `packets` measures reading, flows, analysis and import of a capture, and `poison` what a storm of rubbish costs the others, and `start` for the time to a sign-in page and the memory at rest.
public final class Bench {
  /// One line of the table.
  ///
  /// @param perSecond median over the iterations
  /// @param low slowest iteration
  /// @param high fastest iteration
  /// @param megabytesPerSecond of input, 10^6 bytes
  /// @param bytesAllocated per message
  record Row(
      String name,
      double perSecond,
      double low,
      double high,
      double megabytesPerSecond,
      double bytesAllocated) {
    String json() {
      return String.format(
          Locale.ROOT,
          "{\"name\":\"%s\",\"perSecond\":%.0f,\"low\":%.0f,\"high\":%.0f,\"megabytesPerSecond\":%.1f,\"bytesAllocated\":%.0f}",
          name,
          perSecond,
          low,
          high,
          megabytesPerSecond,
          bytesAllocated);
    }

    String line() {
      return String.format(
          Locale.ROOT,
          "%-18s %,12.0f /s  %,12.0f … %,-12.0f %8.1f MB/s %,8.0f B allocated",
          name,
          perSecond,
          low,
          high,
          megabytesPerSecond,
          bytesAllocated);
    }
  }

  private static final List<String> PRODUCT = List.of("product", "search", "alerts");

  private Bench() {}

  public static void main(String[] args) throws RunnerException, IOException, InterruptedException {
    boolean json = List.of(args).contains("--json");
    List<String> names = new ArrayList<>(List.of(args));
    names.remove("--json");
    if (names.isEmpty()) {
      names = List.of("core", "parsers");
    }
    PrintStream out = System.out;
    if (PRODUCT.contains(names.getFirst())) {
      System.exit(product(names.getFirst(), names.subList(1, names.size()), json, out));
      return;
    }
    if (names.getFirst().equals("poison")) {
      System.exit(PoisonBenchmark.run(names.subList(1, names.size()), json, out));
      return;
    }
    if (names.getFirst().equals("packets")) {
      System.exit(PacketRates.run(json, out));
      return;
    }
    if (names.getFirst().equals("start")) {
      System.exit(StartBenchmark.run(names.subList(1, names.size()), json, out));
      return;
    }
    for (String name : names) {
      Class<?> benchmark =
          switch (name) {
            case "core" -> PipelineBenchmark.class;
            case "parsers" -> ParserBenchmark.class;
            case "stellar" -> StellarBenchmark.class;
            default -> null;
          };
      if (benchmark == null) {
        System.err.println(
            "bench: there is no benchmark '"
                + name
                + "', expected core, parsers, stellar, packets, product, search, alerts,"
                + " poison or start");
        System.exit(2);
        return;
      }
      for (Row row : run(name, benchmark)) {
        out.println(json ? row.json() : row.line());
      }
    }
  }

  private static int product(String name, List<String> arguments, boolean json, PrintStream out)
      throws IOException, InterruptedException {
    ProductOptions options;
    try {
      options = ProductOptions.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println("bench: " + e.getMessage());
      return 2;
    }
    return switch (name) {
      case "search" -> SearchBenchmark.run(options, json, out);
      case "alerts" -> AlertsBenchmark.run(options, json, out);
      default -> ProductBenchmark.run(options, json, out);
    };
  }

  private static List<Row> run(String name, Class<?> benchmark) throws RunnerException {
    var options =
        new OptionsBuilder()
            .include(benchmark.getName())
            .addProfiler(GCProfiler.class)
            .verbosity(VerboseMode.SILENT)
            .jvmArgsAppend(
                "-Xmx1500m",
                "-XX:+UseCompactObjectHeaders",
                "--sun-misc-unsafe-memory-access=allow")
            .build();
    List<Row> rows = new ArrayList<>();
    for (RunResult result : new Runner(options).run()) {
      String sensor = result.getParams().getParam("sensor");
      String expression = result.getParams().getParam("expression");
      Result<?> main = result.getPrimaryResult();
      var statistics = main.getStatistics();
      // An expression reads an event, not bytes.
      double bytes =
          expression != null
              ? 0
              : DemoMessages.averageBytes(
                  DemoMessages.of(sensor == null ? "" : sensor, PipelineBenchmark.MESSAGES));
      String part = expression != null ? expression : sensor;
      double median = statistics.getPercentile(50);
      rows.add(
          new Row(
              part == null ? name : name + " " + part,
              median,
              statistics.getMin(),
              statistics.getMax(),
              median * bytes / 1e6,
              allocated(result)));
    }
    return rows;
  }

  // JMH's own signature has the raw type.
  @SuppressWarnings("rawtypes")
  private static double allocated(RunResult result) {
    // The profiler's label has had a leading dot in some versions of JMH.
    return result.getSecondaryResults().entrySet().stream()
        .filter(entry -> entry.getKey().endsWith("gc.alloc.rate.norm"))
        .mapToDouble(entry -> entry.getValue().getScore())
        .findFirst()
        .orElse(Double.NaN);
  }
}
