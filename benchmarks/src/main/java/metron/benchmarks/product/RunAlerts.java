package metron.benchmarks.product;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.FieldCatalogue;
import metron.event.IpAddress;
import metron.event.query.QueryParser;
import metron.event.query.QuerySyntaxException;
import metron.storage.Alert;
import metron.storage.AlertStore;
import metron.storage.SearchRequest;
import metron.storage.SearchResult;
import metron.storage.lucene.LuceneAlertStore;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Fills an alert store and asks what the alert list asks. Arguments: directory, alerts.
final class RunAlerts {
  private static final List<String> QUESTIONS =
      List.of(
          "*",
          "alert.status:new AND event.risk_score:>=70",
          "event.module:suricata AND destination.port:[1 TO 1023]",
          "source.ip:10.1.0.0/16");
  private static final List<String> FACETS =
      List.of("alert.status", "event.module", "rule.name", "source.ip", "destination.ip");
  private static final int ASKED = 200;
  private static final int BATCH = 500;
  private static final int COMMIT = 50_000;
  private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

  private final AlertStore store;
  private final int count;

  private RunAlerts(AlertStore store, int count) {
    this.store = store;
    this.count = count;
  }

  public static void main(String[] args) throws Exception {
    Map<String, Object> answer;
    try (AlertStore store = new LuceneAlertStore(Path.of(args[0]))) {
      answer = new RunAlerts(store, Integer.parseInt(args[1])).measure();
    }
    answer.put("bytesPerAlert", Resources.size(Path.of(args[0])) / Double.parseDouble(args[1]));
    System.out.println(JsonMapper.shared().writeValueAsString(answer));
  }

  private Map<String, Object> measure() throws Exception {
    long begin = System.nanoTime();
    fill();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("alerts", store.count());
    answer.put("addedPerSecond", count / ((System.nanoTime() - begin) / 1e9));
    for (int i = 0; i < ASKED / 4; i++) {
      double _ = list(i).millis;
    }
    List<Double> lists = new ArrayList<>();
    for (int i = 0; i < ASKED; i++) {
      lists.add(list(i).millis);
    }
    RunSearch.percentiles(answer, "list", lists);
    List<Double> pages = new ArrayList<>();
    String after = null;
    for (int i = 0; i < ASKED; i++) {
      // The same question each time: page after page, 10,000 alerts deep.
      Answer page = page(after);
      after = page.result.next();
      pages.add(page.millis);
    }
    RunSearch.percentiles(answer, "page", pages);
    List<Double> edits = new ArrayList<>();
    for (int i = 0; i < ASKED / 2; i++) {
      long start = System.nanoTime();
      Alert _ =
          store.edit(
              id(i * (count / ASKED)),
              1,
              new AlertStore.Edit.SetStatus(Alert.Status.OPEN),
              "bench",
              START);
      edits.add((System.nanoTime() - start) / 1e6);
    }
    RunSearch.percentiles(answer, "edit", edits);
    return answer;
  }

  private static String id(int number) {
    return "raw.bench-0-" + number;
  }

  private void fill() throws IOException {
    SplittableRandom random = new SplittableRandom(42);
    List<Event> batch = new ArrayList<>(BATCH);
    for (int i = 0; i < count; i++) {
      batch.add(alert(i, random));
      if (batch.size() == BATCH) {
        store.add(batch);
        batch.clear();
      }
      if (i % COMMIT == 0) {
        store.commit();
      }
    }
    store.add(batch);
    store.commit();
    store.refresh();
  }

  private static Event alert(int number, SplittableRandom random) {
    Event e = new Event();
    e.set(Ecs.TIMESTAMP, START.plusMillis(number * 2_000L));
    e.set(Ecs.EVENT_ID, id(number));
    e.set(Ecs.EVENT_KIND, "alert");
    String module = number % 3 == 0 ? "suricata" : number % 3 == 1 ? "zeek" : "snort";
    e.set(Ecs.EVENT_MODULE, module);
    int rule = (int) (Math.pow(random.nextDouble(), 3) * 400);
    e.set(FieldCatalogue.get().field("rule.name"), "Suspicious behaviour, variant " + rule);
    e.set(Ecs.SOURCE_IP, IpAddress.v4((10 << 24) | random.nextInt(1 << 18)));
    e.set(Ecs.DESTINATION_IP, IpAddress.v4(0xCB007100 | random.nextInt(256)));
    e.set(Ecs.DESTINATION_PORT, random.nextInt(4) == 0 ? random.nextInt(1, 65_536) : 443);
    e.set(Ecs.EVENT_RISK_SCORE, (double) random.nextInt(101));
    e.set(Ecs.EVENT_REASON, "variant " + rule + " seen " + random.nextInt(1, 50) + " times");
    e.set(
        Ecs.EVENT_ORIGINAL,
        "{\"event_type\":\"alert\",\"signature_id\":"
            + rule
            + ",\"flow_id\":"
            + random.nextLong()
            + "}");
    e.set(Ecs.METRON_IS_ALERT, true);
    return e;
  }

  private record Answer(SearchResult result, double millis) {}

  private Answer list(int number) throws IOException, QuerySyntaxException {
    long begin = System.nanoTime();
    SearchResult result =
        store.search(
            new SearchRequest(
                QueryParser.parse(QUESTIONS.get(number % QUESTIONS.size())),
                null,
                null,
                SearchRequest.Sort.NEWEST_FIRST,
                50,
                null,
                FACETS.stream().map(f -> new SearchRequest.Facet(f, 10)).toList(),
                new SearchRequest.Histogram(Duration.ofHours(8), "event.module"),
                List.of(),
                false));
    return new Answer(result, (System.nanoTime() - begin) / 1e6);
  }

  private Answer page(@Nullable String after) throws IOException, QuerySyntaxException {
    long begin = System.nanoTime();
    SearchResult result =
        store.search(
            new SearchRequest(
                QueryParser.parse("*"),
                null,
                null,
                new SearchRequest.Sort("event.risk_score", true),
                50,
                after,
                List.of(),
                null,
                List.of(),
                false));
    return new Answer(result, (System.nanoTime() - begin) / 1e6);
  }
}
