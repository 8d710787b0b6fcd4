package metron.benchmarks.product;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// How many events a second does the whole embedded product take, sustained, from Kafka topics to searchable? 5,000,000 lines
/// of a [DemoDay], a heap of 1,536 MiB, everything in one process as `bin/metron start` starts it: broker, stream job,
/// stores, console. The topics are full before the clock starts; the goal is 30,000 a second on two cores.
///
/// Run: `bin/metron bench product [--events N] [--heap 1536m] [--data DIR]`. Last result: see `docs/performance.md`.
public final class ProductBenchmark {
  private ProductBenchmark() {}

  /// @return exit code
  public static int run(ProductOptions options, boolean json, PrintStream out)
      throws IOException, InterruptedException {
    try (Workplace place = Workplace.of(options)) {
      Map<String, Object> filled = place.fill(options.events());
      Map<String, Object> ran = place.ingest(options);
      return report(filled, ran, options.events(), json, out);
    }
  }

  private static int report(
      Map<String, Object> filled,
      Map<String, Object> ran,
      long expected,
      boolean json,
      PrintStream out) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", "product");
    row.putAll(ran);
    double events = number(ran, "events");
    row.put("inputBytesPerEvent", number(filled, "bytes") / events);
    row.put("indexBytesPerEvent", number(ran, "indexBytes") / events);
    row.put("logBytesPerEvent", number(ran, "logBytes") / events);
    boolean addsUp =
        number(ran, "received") == expected
            && number(ran, "received")
                == number(ran, "indexed") + number(ran, "filtered") + number(ran, "deadLetters")
            && number(ran, "documents") == events;
    row.put("addsUp", addsUp);
    if (json) {
      out.println(JsonMapper.shared().writeValueAsString(row));
    } else {
      out.printf(
          Locale.ROOT,
          "%-18s %,12.0f /s  %,12.0f … %,-12.0f %5.0f B index, %4.0f B log, %4.0f B input an event%n",
          "product",
          number(row, "perSecond"),
          number(row, "slowestWindow"),
          number(row, "fastestWindow"),
          number(row, "indexBytesPerEvent"),
          number(row, "logBytesPerEvent"),
          number(row, "inputBytesPerEvent"));
      out.printf(
          Locale.ROOT,
          "  %,.0f events searchable after %.1f s; %.1f µs of processor time an event, %.1f %% in GC pauses, heap"
              + " %.0f MiB, resident %.0f MiB (%.0f MiB without mapped files)%n",
          events,
          number(row, "seconds"),
          number(row, "cpuMicrosPerEvent"),
          100 * number(row, "pauseShare"),
          number(row, "peakHeapBytes") / (1 << 20),
          number(row, "peakResidentBytes") / (1 << 20),
          number(row, "peakAnonymousBytes") / (1 << 20));
      out.printf(
          Locale.ROOT,
          "  ledger: %,.0f received = %,.0f indexed + %,.0f filtered + %,.0f dead letters%s%n",
          number(row, "received"),
          number(row, "indexed"),
          number(row, "filtered"),
          number(row, "deadLetters"),
          addsUp ? "" : "   DOES NOT ADD UP");
    }
    return addsUp ? 0 : 1;
  }

  static double number(Map<String, Object> row, String name) {
    return row.get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  /// The data directory of a run: a temporary one that goes with it, or one that the user named and keeps.
  ///
  /// A directory whose topics are full is not filled again, and one whose index is full is not read again, so that one part
  /// of a benchmark can be repeated.
  record Workplace(Path directory, boolean kept) implements AutoCloseable {
    static Workplace of(ProductOptions options) throws IOException {
      Path named = options.data();
      if (named != null) {
        Files.createDirectories(named);
        return new Workplace(named, true);
      }
      return new Workplace(Files.createTempDirectory("metron-bench-"), false);
    }

    @SuppressWarnings("unchecked") // a JSON object is a map of strings
    Map<String, Object> fill(long events) throws IOException, InterruptedException {
      Path done = directory.resolve("filled.json");
      if (Files.exists(done)) {
        Map<String, Object> filled =
            JsonMapper.shared().readValue(Files.readString(done), Map.class);
        if (number(filled, "lines") != events) {
          throw new IOException(
              directory
                  + " was filled with "
                  + filled.get("lines")
                  + " events, "
                  + events
                  + " are asked for: give --events "
                  + filled.get("lines")
                  + ", or another --data");
        }
        return filled;
      }
      System.err.printf(Locale.ROOT, "filling the raw topics with %,d lines …%n", events);
      Map<String, Object> filled =
          Child.run(FillLog.class, "1g", List.of(directory.toString(), String.valueOf(events)));
      Files.writeString(done, JsonMapper.shared().writeValueAsString(filled));
      return filled;
    }

    Map<String, Object> ingest(ProductOptions options) throws IOException, InterruptedException {
      System.err.println("starting the product on them …");
      return Child.run(
          RunProduct.class,
          options.heap(),
          List.of(directory.toString(), String.valueOf(options.events())));
    }

    @Override
    public void close() throws IOException {
      if (!kept) {
        try (var files = Files.walk(directory)) {
          for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
            Files.deleteIfExists(file);
          }
        }
      }
    }
  }
}
