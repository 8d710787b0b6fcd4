package metron.benchmarks.product;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import metron.app.start.DataDirectory;
import metron.app.start.RunFile;
import metron.app.start.RunningMetron;
import metron.app.start.StartOptions;
import metron.demo.DemoRecord;
import metron.demo.DemoScenario;
import metron.event.query.QueryParser;
import metron.event.query.QuerySyntaxException;
import metron.pipeline.flink.PipelineParts;
import metron.pipeline.kafka.KafkaRawLog;
import metron.storage.EventStore;
import metron.storage.SearchRequest;
import metron.storage.SearchResult;
import tools.jackson.databind.json.JsonMapper;

/// Starts Metron in a data directory with a full index, sends it new lines at a steady rate, and asks what the console's
/// search page asks, one question after the other: half of them at the store's port, half over REST. Arguments: directory,
/// lines a second, seconds to measure.
final class RunSearch {
  /// A term and a range each, from a few thousand to a few hundred thousand matches in a million events. The number is where the
  /// range ends: always the same for a question that has been asked before, another each time for one that has not.
  private record Question(String text, int end) {
    String again() {
      return text.formatted(end);
    }

    String first(SplittableRandom random) {
      return text.formatted(end + random.nextInt(1, 1 + Math.max(40, end / 2)));
    }
  }

  private static final List<Question> QUESTIONS =
      List.of(
          new Question("event.module:zeek AND destination.port:[1 TO %d]", 1023),
          new Question("network.direction:outbound AND destination.bytes:>=%d", 1000),
          new Question("event.category:web AND http.response.status_code:[400 TO %d]", 599),
          new Question("network.transport:udp AND destination.port:[53 TO %d]", 53),
          new Question("event.module:asa AND event.severity:[0 TO %d]", 5),
          new Question("event.kind:alert AND event.risk_score:[50 TO %d]", 100),
          new Question("dns.response_code:NXDOMAIN AND source.port:[1024 TO %d]", 65535),
          new Question("source.ip:10.0.0.0/8 AND event.duration:>%d", 1_000_000));

  private static final List<String> FACETS =
      List.of("event.dataset", "event.category", "source.ip", "destination.ip", "destination.port");
  private static final Duration RANGE = Duration.ofHours(24);
  private static final Duration BUCKET = Duration.ofMinutes(15);
  private static final int HITS = 50;
  private static final int WARM_UP_SECONDS = 20;

  private final EventStore store;
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI rest;
  private final String token;
  private final SplittableRandom random = new SplittableRandom(42);

  private RunSearch(EventStore store, RunningMetron running, DataDirectory data)
      throws IOException {
    this.store = store;
    this.rest = URI.create(running.run().console() + "/api/v1/events/search");
    this.token = RunFile.token(data);
  }

  public static void main(String[] args) throws Exception {
    DataDirectory data = new DataDirectory(Path.of(args[0]).toAbsolutePath());
    int rate = Integer.parseInt(args[1]);
    int seconds = Integer.parseInt(args[2]);
    Map<String, Object> answer;
    try (RunningMetron running = start(data)) {
      EventStore store = PipelineParts.find("metron").orElseThrow().events();
      AtomicLong sent = new AtomicLong();
      Thread feeder =
          Thread.ofPlatform()
              .daemon()
              .name("feeder")
              .start(() -> feed(running.run().kafka(), rate, sent));
      answer = new RunSearch(store, running, data).measure(seconds, sent);
      feeder.interrupt();
      feeder.join();
    }
    System.out.println(JsonMapper.shared().writeValueAsString(answer));
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }

  private static RunningMetron start(DataDirectory data) throws IOException, InterruptedException {
    return RunningMetron.start(data, new StartOptions(false, 0, 0, 0, 0), System.err);
  }

  private static void feed(String brokers, int rate, AtomicLong sent) {
    Iterator<DemoRecord> records = new DemoScenario(7, Instant.now()).withRate(rate).iterator();
    try (KafkaRawLog log = new KafkaRawLog(KafkaRawLog.Config.of(brokers))) {
      long begin = System.nanoTime();
      while (true) {
        DemoRecord record = records.next();
        var _ = log.append(record.sensor(), record.line(), record.metadata(), record.at());
        long ahead = sent.incrementAndGet() * 1_000_000_000L / rate - (System.nanoTime() - begin);
        if (ahead > 2_000_000) {
          Thread.sleep(Duration.ofNanos(ahead));
        }
      }
    } catch (IOException e) {
      System.err.println("bench: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Map<String, Object> measure(int seconds, AtomicLong sent) throws Exception {
    long before = store.status().documents();
    long end = System.nanoTime() + WARM_UP_SECONDS * 1_000_000_000L;
    for (int i = 0; System.nanoTime() < end; i++) {
      double _ = ask(question(i), i % 2 == 1);
    }
    long begin = System.nanoTime();
    long sentBefore = sent.get();
    long documents = store.status().documents();
    end = begin + seconds * 1_000_000_000L;
    Map<String, List<Double>> kinds = new LinkedHashMap<>();
    Map<String, List<Double>> each = new LinkedHashMap<>();
    int searches = 0;
    for (; System.nanoTime() < end; searches++) {
      boolean http = searches % 2 == 1;
      boolean again = searches / 2 % 2 == 1;
      double millis = ask(question(searches), http);
      kinds
          .computeIfAbsent(
              (http ? "rest" : "store") + (again ? "Again" : "First"), _ -> new ArrayList<>())
          .add(millis);
      if (!http) {
        each.computeIfAbsent(
                (again ? "again " : "first ") + asked(searches).again(), _ -> new ArrayList<>())
            .add(millis);
      }
    }
    double took = (System.nanoTime() - begin) / 1e9;
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("documentsBefore", before);
    answer.put("documents", store.status().documents());
    answer.put("ingestedPerSecond", (sent.get() - sentBefore) / took);
    answer.put("indexedPerSecond", (store.status().documents() - documents) / took);
    answer.put("searches", searches);
    kinds.forEach((kind, millis) -> percentiles(answer, kind, millis));
    each.forEach(
        (question, millis) ->
            System.err.printf(
                Locale.ROOT, "%7.1f ms median  %s%n", percentile(millis, 50), question));
    return answer;
  }

  private static Question asked(int number) {
    return QUESTIONS.get(number / 4 % QUESTIONS.size());
  }

  /// At the store and over REST, first the new ones, then those that were asked before.
  private String question(int number) {
    Question question = asked(number);
    return number / 2 % 2 == 1 ? question.again() : question.first(random);
  }

  /// @return milliseconds
  private double ask(String question, boolean http)
      throws IOException, InterruptedException, QuerySyntaxException {
    Instant now = Instant.now();
    long begin = System.nanoTime();
    if (http) {
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("query", question);
      body.put("from", "now-24h");
      body.put("size", HITS);
      body.put("facets", FACETS.stream().map(f -> Map.of("field", f, "size", 10)).toList());
      body.put("histogram", Map.of("interval", BUCKET.toString()));
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(rest)
                  .header("Authorization", "Bearer " + token)
                  .header("Content-Type", "application/json")
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          JsonMapper.shared().writeValueAsString(body)))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IOException("search answered " + response.statusCode() + ": " + response.body());
      }
    } else {
      SearchResult result =
          store.search(
              new SearchRequest(
                  QueryParser.parse(question),
                  now.minus(RANGE),
                  null,
                  SearchRequest.Sort.NEWEST_FIRST,
                  HITS,
                  null,
                  FACETS.stream().map(f -> new SearchRequest.Facet(f, 10)).toList(),
                  new SearchRequest.Histogram(BUCKET, null),
                  List.of(),
                  false));
      if (result.facets().size() != FACETS.size()) {
        throw new IOException("the answer to '" + question + "' lacks facets");
      }
    }
    return (System.nanoTime() - begin) / 1e6;
  }

  static void percentiles(Map<String, Object> into, String name, List<Double> millis) {
    into.put(name + "P50", percentile(millis, 50));
    into.put(name + "P95", percentile(millis, 95));
    into.put(name + "P99", percentile(millis, 99));
  }

  static double percentile(List<Double> values, int percent) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted.length == 0
        ? Double.NaN
        : sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
  }
}
