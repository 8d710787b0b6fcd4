package metron.benchmarks.product;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import metron.testing.process.Api;
import metron.testing.process.Product;
import metron.testing.process.StartedMetron;
import tools.jackson.databind.json.JsonMapper;

/// How long is it from the command to a sign-in page, and how much memory does an idle Metron hold? `bin/metron start` of the
/// built tree in a new data directory, five times; each runs for 30 seconds more before its memory is looked at.
///
/// Run: `bin/metron bench start [runs]`. Last result: see `docs/performance.md`.
public final class StartBenchmark {
  private static final int RUNS = 5;
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final Duration READY = Duration.ofMinutes(3);
  private static final String DEFAULT_HEAP = "1500m";

  private StartBenchmark() {}

  /// @param arguments number of starts, if any
  /// @return exit code
  public static int run(List<String> arguments, boolean json, PrintStream out)
      throws IOException, InterruptedException {
    int runs = RUNS;
    if (!arguments.isEmpty()) {
      if (arguments.size() > 1 || !arguments.getFirst().matches("[1-9]\\d?")) {
        System.err.println("bench: start takes one number, how many starts (1 to 99)");
        return 2;
      }
      runs = Integer.parseInt(arguments.getFirst());
    }
    Path home = Path.of(System.getProperty("metron.dist")).resolve("../../..").normalize();
    List<Double> seconds = new ArrayList<>();
    List<Double> resident = new ArrayList<>();
    // The first one may make the cache of loaded classes: that is once after a build.
    for (int i = -1; i < runs; i++) {
      Path folder = Files.createTempDirectory("metron-bench-start");
      try {
        Product product =
            Product.of(home, folder.resolve("data"), Product.Ports.free())
                .with("METRON_HEAP", DEFAULT_HEAP);
        long begin = System.nanoTime();
        try (StartedMetron metron = product.start();
            Api api = metron.awaitReady(READY)) {
          int status = api.open("/sign-in").statusCode();
          double took = (System.nanoTime() - begin) / 1e9;
          if (status != 200) {
            throw new IOException("the sign-in page answers " + status);
          }
          if (i >= 0) {
            seconds.add(took);
            Thread.sleep(IDLE);
            resident.add((double) Resources.status(metron.pid(), "VmRSS"));
          }
        }
      } finally {
        delete(folder);
      }
    }
    seconds.sort(null);
    resident.sort(null);
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", "start");
    row.put("starts", runs);
    row.put("seconds", seconds.get(runs / 2));
    row.put("fastest", seconds.getFirst());
    row.put("slowest", seconds.getLast());
    row.put("idleResidentBytes", resident.get(runs / 2));
    row.put("mostIdleResidentBytes", resident.getLast());
    if (json) {
      out.println(JsonMapper.shared().writeValueAsString(row));
    } else {
      out.printf(
          Locale.ROOT,
          "start    sign-in page after %.1f s (%.1f … %.1f), resident after %d s of rest %.0f MiB"
              + " (most %.0f), %d starts%n",
          seconds.get(runs / 2),
          seconds.getFirst(),
          seconds.getLast(),
          IDLE.toSeconds(),
          resident.get(runs / 2) / (1 << 20),
          resident.getLast() / (1 << 20),
          runs);
    }
    return 0;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
