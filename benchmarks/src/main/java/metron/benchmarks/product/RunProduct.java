package metron.benchmarks.product;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import metron.app.start.DataDirectory;
import metron.app.start.RunningMetron;
import metron.app.start.StartOptions;
import metron.event.query.Query;
import metron.pipeline.Ledger;
import metron.pipeline.flink.PipelineParts;
import metron.storage.SearchRequest;
import tools.jackson.databind.json.JsonMapper;

/// Starts Metron in a data directory whose raw topics are full, and measures until every event can be found. Arguments:
/// directory, messages waiting.
///
/// The clock runs from the moment the stream job has its stores (so its own start counts) until a search finds the last event. Progress is what the ledger says has been indexed, looked at once a second.
final class RunProduct {
  private static final long PATIENCE_SECONDS = 1800;
  private static final int WINDOW = 10;

  private RunProduct() {}

  public static void main(String[] args) throws Exception {
    DataDirectory data = new DataDirectory(Path.of(args[0]).toAbsolutePath());
    long waiting = Long.parseLong(args[1]);
    Sampler sampler = new Sampler(waiting);
    Thread thread = Thread.ofPlatform().daemon().name("sampler").start(sampler);
    Map<String, Object> answer;
    try (RunningMetron _ = start(data)) {
      thread.join();
      answer = sampler.answer();
    }
    answer.put("indexBytes", Resources.size(data.events()));
    answer.put("alertBytes", Resources.size(data.alerts()));
    answer.put("logBytes", logBytes(data));
    System.out.println(JsonMapper.shared().writeValueAsString(answer));
    System.out.flush();
    // Some of Kafka's threads outlive the broker for a while.
    Runtime.getRuntime().halt(0);
  }

  private static RunningMetron start(DataDirectory data) throws IOException, InterruptedException {
    return RunningMetron.start(data, new StartOptions(false, 0, 0, 0, 0), System.err);
  }

  private static long logBytes(DataDirectory data) throws IOException {
    long bytes = 0;
    try (var topics = java.nio.file.Files.list(data.kafka())) {
      for (Path topic : topics.toList()) {
        if (topic.getFileName().toString().startsWith("raw.")) {
          bytes += Resources.size(topic);
        }
      }
    }
    return bytes;
  }

  private static final class Sampler implements Runnable {
    private final long waiting;
    private final List<Long> indexed = new ArrayList<>();
    private volatile Map<String, Object> answer = Map.of();

    Sampler(long waiting) {
      this.waiting = waiting;
    }

    Map<String, Object> answer() throws IOException {
      if (answer.isEmpty()) {
        throw new IOException(
            "not all events were searchable after " + PATIENCE_SECONDS + " s: see logs/metron.log");
      }
      return new LinkedHashMap<>(answer);
    }

    @Override
    public void run() {
      try {
        answer = measure();
      } catch (IOException e) {
        System.err.println("bench: " + e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private Map<String, Object> measure() throws IOException, InterruptedException {
      Optional<PipelineParts> found = PipelineParts.find("metron");
      while (found.isEmpty()) {
        Thread.sleep(5);
        found = PipelineParts.find("metron");
      }
      PipelineParts parts = found.get();
      long begin = System.nanoTime();
      long cpu = Resources.cpuNanos();
      long collector = Resources.collectorMillis();
      long heap = 0;
      long anonymous = 0;
      double allIndexed = 0;
      long next = begin;
      while (true) {
        long now = System.nanoTime();
        Sums sums = Sums.of(parts.ledger());
        if (now >= next) {
          indexed.add(sums.indexed);
          next += 1_000_000_000L;
          if (indexed.size() % WINDOW == 1) {
            System.err.printf(
                Locale.ROOT,
                "%4.0f s  %,d events, heap %d MiB%n",
                (now - begin) / 1e9,
                sums.indexed,
                Resources.heapUsed() >> 20);
          }
        }
        heap = Math.max(heap, Resources.heapUsed());
        anonymous = Math.max(anonymous, Resources.status("RssAnon"));
        if (sums.received >= waiting && sums.indexed + sums.filtered + sums.dead >= waiting) {
          if (allIndexed == 0) {
            allIndexed = (now - begin) / 1e9;
          }
          // As a person would look: the first search after a while shows all that is there.
          if (parts.events().search(SearchRequest.newest(new Query.All(), 0)).total()
              >= sums.events) {
            break;
          }
        }
        if (now - begin > PATIENCE_SECONDS * 1_000_000_000L) {
          return Map.of();
        }
        Thread.sleep(100);
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      Sums sums = Sums.of(parts.ledger());
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("events", sums.events);
      answer.put("seconds", seconds);
      answer.put("perSecond", sums.received / seconds);
      List<Double> windows = windows(allIndexed);
      answer.put("slowestWindow", windows.isEmpty() ? 0 : windows.getFirst());
      answer.put("medianWindow", windows.isEmpty() ? 0 : windows.get(windows.size() / 2));
      answer.put("fastestWindow", windows.isEmpty() ? 0 : windows.getLast());
      answer.put("cpuMicrosPerEvent", (Resources.cpuNanos() - cpu) / 1e3 / sums.received);
      answer.put("pauseShare", (Resources.collectorMillis() - collector) / 1e3 / seconds);
      answer.put("peakHeapBytes", heap);
      answer.put("peakResidentBytes", Resources.status("VmHWM"));
      answer.put("peakAnonymousBytes", anonymous);
      answer.put("received", sums.received);
      answer.put("indexed", sums.indexed);
      answer.put("filtered", sums.filtered);
      answer.put("deadLetters", sums.dead);
      answer.put("documents", parts.events().status().documents());
      parts.alerts().refresh();
      answer.put("alerts", parts.alerts().count());
      return answer;
    }

    /// Rates of whole windows, slowest first. The first window holds the start of the job and the compiler's warming up, so
    /// it counts too: the product has it as well.
    private List<Double> windows(double seconds) {
      List<Double> rates = new ArrayList<>();
      for (int end = WINDOW; end < indexed.size() && end <= seconds; end += WINDOW) {
        rates.add((double) (indexed.get(end) - indexed.get(end - WINDOW)) / WINDOW);
      }
      rates.sort(null);
      return rates;
    }
  }

  private record Sums(long received, long indexed, long filtered, long dead, long events) {
    static Sums of(Ledger ledger) {
      long received = 0;
      long indexed = 0;
      long filtered = 0;
      long dead = 0;
      long events = 0;
      for (Ledger.Count count : ledger.counts()) {
        received += count.received();
        indexed += count.indexed();
        filtered += count.filtered();
        dead += count.dead();
        events += count.events();
      }
      return new Sums(received, indexed, filtered, dead, events);
    }
  }
}
