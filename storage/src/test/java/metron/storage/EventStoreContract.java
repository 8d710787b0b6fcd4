package metron.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import metron.event.Cidr;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.FieldCatalogue;
import metron.event.IpAddress;
import metron.event.Values;
import metron.event.query.Query;
import metron.event.query.QueryPredicate;
import metron.storage.EventStore.Positioned;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every [EventStore] does. A test class per implementation says how to open one, and how to lose the process.
public abstract class EventStoreContract {
  protected static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  @TempDir protected Path dir;

  protected abstract EventStore open(Path dir, InstantSource clock) throws IOException;

  /// The store as it is found after the process was killed now.
  protected abstract EventStore reopenAfterCrash(EventStore store) throws IOException;

  protected static Event event(long offset) {
    Event e = new Event();
    e.set(Ecs.TIMESTAMP, NOW.minusSeconds(60).plusMillis(offset * 10));
    e.set(Ecs.EVENT_ID, "raw.test-0-" + offset);
    e.set(
        Ecs.EVENT_ORIGINAL, "Accepted Password for user" + offset + " from 10.0.0." + offset % 250);
    e.set(Ecs.SOURCE_IP, IpAddress.v4((10 << 24) | (int) (offset % 250)));
    e.set(Ecs.DESTINATION_PORT, offset % 3 == 0 ? 22 : 443);
    e.set(Ecs.USER_NAME, offset % 2 == 0 ? "Alice" : "bob");
    e.set(Ecs.EVENT_RISK_SCORE, (double) (offset % 10));
    return e;
  }

  protected static List<Positioned> batch(long from, long to) {
    List<Positioned> batch = new ArrayList<>();
    for (long o = from; o < to; o++) {
      batch.add(new Positioned(event(o), "raw.test", 0, o, 0));
    }
    return batch;
  }

  protected static SearchRequest count(Query query) {
    return SearchRequest.newest(query, 0);
  }

  protected static long total(EventStore store, Query query) throws IOException {
    store.refresh();
    return store.search(count(query)).total();
  }

  @Test
  void findsWhatWasWrittenByFieldAndWordAndNetwork() throws Exception {
    try (EventStore store = open(dir, () -> NOW)) {
      store.writer().write(batch(0, 100));
      assertThat(total(store, new Query.All())).isEqualTo(100);
      assertThat(total(store, new Query.Is("user.name", "ALICE"))).isEqualTo(50);
      assertThat(total(store, new Query.Is("destination.port", 22L))).isEqualTo(34);
      assertThat(total(store, new Query.Words("password user7", false))).isEqualTo(1);
      assertThat(total(store, new Query.Words("accepted password", true))).isEqualTo(100);
      assertThat(total(store, new Query.Words("password accepted", true))).isZero();
      assertThat(
              total(
                  store, new Query.InNetwork("source.ip", Cidr.parse("10.0.0.0/28").orElseThrow())))
          .isEqualTo(16);
      assertThat(total(store, new Query.Wildcard("user.name", "a*E"))).isEqualTo(50);
      assertThat(total(store, new Query.Wildcard("event.original", "*USER7 *"))).isEqualTo(1);
      assertThat(total(store, new Query.Regex("user.name", "b.b"))).isEqualTo(50);
      assertThat(total(store, new Query.Not(new Query.Exists("user.name")))).isZero();
      assertThat(total(store, new Query.Exists("event.original"))).isEqualTo(100);
      assertThat(store.get("raw.test-0-42")).contains(event(42));
      assertThat(store.get("raw.test-0-420")).isEmpty();
    }
  }

  @Test
  void countsFacetsHistogramAndStatisticsOverAllThatMatches() throws Exception {
    try (EventStore store = open(dir, () -> NOW)) {
      store.writer().write(batch(0, 100));
      store.refresh();
      SearchResult r =
          store.search(
              new SearchRequest(
                  new Query.All(),
                  NOW.minusSeconds(60),
                  NOW,
                  SearchRequest.Sort.NEWEST_FIRST,
                  5,
                  null,
                  List.of(
                      new SearchRequest.Facet("user.name", 5),
                      new SearchRequest.Facet("destination.port", 1)),
                  new SearchRequest.Histogram(Duration.ofMillis(500), "user.name"),
                  List.of("event.risk_score"),
                  true));
      assertThat(r.total()).isEqualTo(100);
      assertThat(r.hits().getFirst().event()).isEqualTo(event(99));
      assertThat(r.facets().get("user.name"))
          .containsExactly(new SearchResult.Count("Alice", 50), new SearchResult.Count("bob", 50));
      assertThat(r.facets().get("destination.port"))
          .containsExactly(new SearchResult.Count("443", 66));
      assertThat(r.histogram()).hasSize(2);
      assertThat(r.histogram().getFirst().start()).isEqualTo(NOW.minusSeconds(60));
      assertThat(r.histogram().getFirst().split()).isEqualTo(Map.of("Alice", 25L, "bob", 25L));
      assertThat(r.statistics().get("event.risk_score"))
          .isEqualTo(new SearchResult.Statistics(100, 0, 9, 450, 4.5));
      assertThat(store.suggest("user.name", "al", new Query.All(), 10))
          .containsExactly(new SearchResult.Count("Alice", 50));
      assertThat(store.fields()).contains(new SearchResult.Count("user.name", 100));
    }
  }

  @Test
  void pagesThroughEverythingOnceInOrder() throws Exception {
    try (EventStore store = open(dir, () -> NOW)) {
      store.writer().write(batch(0, 137));
      store.refresh();
      for (var sort :
          List.of(
              SearchRequest.Sort.NEWEST_FIRST,
              new SearchRequest.Sort("user.name", false),
              new SearchRequest.Sort("source.ip", true),
              new SearchRequest.Sort("event.outcome", true),
              new SearchRequest.Sort("destination.port", false))) {
        List<String> ids = new ArrayList<>();
        String cursor = null;
        do {
          SearchResult page =
              store.search(
                  new SearchRequest(
                      new Query.All(),
                      null,
                      null,
                      sort,
                      10,
                      cursor,
                      List.of(),
                      null,
                      List.of(),
                      false));
          page.hits().forEach(h -> ids.add(h.event().string(Ecs.EVENT_ID)));
          cursor = page.next();
        } while (cursor != null);
        assertThat(ids).as("%s", sort).hasSize(137).doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void refusesForeignCursors() throws Exception {
    try (EventStore store = open(dir, () -> NOW)) {
      store.writer().write(batch(0, 10));
      Random random = new Random(7);
      List<String> hostile = new ArrayList<>(List.of("", "x", "AA", "%%%", "\u0000", "AQ=="));
      for (int i = 0; i < 300; i++) {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        hostile.add(java.util.Base64.getUrlEncoder().encodeToString(bytes));
      }
      for (String cursor : hostile) {
        assertThatThrownBy(
                () ->
                    store.search(
                        new SearchRequest(
                            new Query.All(),
                            null,
                            null,
                            SearchRequest.Sort.NEWEST_FIRST,
                            3,
                            cursor,
                            List.of(),
                            null,
                            List.of(),
                            false)))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("cursor");
      }
    }
  }

  @Test
  void keepsWhatWasCommittedOverACrashAndNothingElse() throws Exception {
    EventStore store = open(dir, () -> NOW);
    EventStore.Writer writer = store.writer();
    writer.write(batch(0, 50));
    writer.commit();
    writer.write(batch(50, 80));
    store.refresh();
    try (EventStore again = reopenAfterCrash(store)) {
      assertThat(total(again, new Query.All())).isEqualTo(50);
      assertThat(again.positions()).containsExactly(new EventStore.Position("raw.test", 0, 49, 50));
      again.writer().write(batch(20, 100));
      assertThat(total(again, new Query.All())).isEqualTo(100);
    }
  }

  @Test
  void replayFromAnyEarlierPositionDoublesNothingAndLosesNothing() throws Exception {
    Random random = new Random(20261124);
    EventStore store = open(dir, () -> NOW);
    EventStore.Writer writer = store.writer();
    long[] committed = {0, 0, 0};
    long[] next = {0, 0, 0};
    for (int step = 0; step < 120; step++) {
      int p = random.nextInt(3);
      switch (random.nextInt(8)) {
        case 0 -> {
          writer.commit();
          // The position never goes back, wherever the reading stands.
          for (int i = 0; i < 3; i++) {
            committed[i] = Math.max(committed[i], next[i]);
          }
        }
        case 1 -> {
          store = reopenAfterCrash(store);
          writer = store.writer();
          for (int i = 0; i < 3; i++) {
            // The log is read again from somewhere at or before the committed position.
            next[i] = committed[i] == 0 ? 0 : random.nextLong(committed[i] + 1);
          }
        }
        case 2 ->
            // Without a crash, as when only the job restarts.
            next[p] = committed[p] == 0 ? 0 : random.nextLong(committed[p] + 1);
        default -> {
          long to = next[p] + random.nextInt(20);
          List<Positioned> batch = new ArrayList<>();
          for (long o = next[p]; o < to; o++) {
            Event e = event(o);
            e.set(Ecs.EVENT_ID, "raw.test-" + p + "-" + o);
            // A replay may come to another time, even another day.
            e.set(Ecs.TIMESTAMP, NOW.minus(Duration.ofDays(random.nextInt(40))));
            batch.add(new Positioned(e, "raw.test", p, o, 0));
          }
          writer.write(batch);
          next[p] = to;
        }
      }
    }
    long[] ends = {0, 0, 0};
    for (int p = 0; p < 3; p++) {
      ends[p] = Math.max(next[p], committed[p]) + 5;
      List<Positioned> batch = new ArrayList<>();
      for (long o = 0; o < ends[p]; o++) {
        Event e = event(o);
        e.set(Ecs.EVENT_ID, "raw.test-" + p + "-" + o);
        batch.add(new Positioned(e, "raw.test", p, o, 0));
      }
      writer.write(batch);
    }
    writer.commit();
    store.close();
    try (EventStore again = open(dir, () -> NOW)) {
      for (int p = 0; p < 3; p++) {
        TreeSet<String> ids = new TreeSet<>();
        long found = 0;
        String cursor = null;
        do {
          again.refresh();
          SearchResult page =
              again.search(
                  new SearchRequest(
                      new Query.Wildcard("event.id", "raw.test-" + p + "-*"),
                      null,
                      null,
                      SearchRequest.Sort.NEWEST_FIRST,
                      500,
                      cursor,
                      List.of(),
                      null,
                      List.of(),
                      false));
          found = page.total();
          page.hits().forEach(h -> ids.add(h.event().string(Ecs.EVENT_ID)));
          cursor = page.next();
        } while (cursor != null);
        assertThat(ids.size()).isEqualTo((int) found);
        assertThat(found).isGreaterThanOrEqualTo(ends[p]);
        int partition = p;
        long last =
            again.positions().stream()
                .filter(q -> q.partition() == partition)
                .findFirst()
                .orElseThrow()
                .offset();
        assertThat(found).isEqualTo(last + 1);
      }
    }
  }

  @Test
  void putsTimesThatNobodyMeantIntoFewPartitions() throws Exception {
    try (EventStore store = open(dir, () -> NOW)) {
      EventStore.Writer writer = store.writer();
      Random random = new Random(1);
      List<Positioned> batch = new ArrayList<>();
      for (long o = 0; o < 500; o++) {
        Event e = event(o);
        e.set(Ecs.TIMESTAMP, Instant.ofEpochSecond(random.nextLong(8_000_000_000L)));
        batch.add(new Positioned(e, "raw.test", 0, o, 0));
      }
      writer.write(batch);
      writer.commit();
      assertThat(total(store, new Query.All())).isEqualTo(500);
      assertThat(store.status().partitions()).isLessThan(10);
    }
  }

  private static List<Positioned> fourDays() {
    List<Positioned> batch = new ArrayList<>();
    for (long o = 0; o < 4; o++) {
      Event e = event(o);
      e.set(Ecs.TIMESTAMP, NOW.minus(Duration.ofDays(o)));
      batch.add(new Positioned(e, "raw.test", 0, o, 0));
    }
    return batch;
  }

  @Test
  void retiresOldDaysButNotTheNewest() throws Exception {
    List<Positioned> batch = fourDays();
    Duration later = Duration.ofDays(3);
    try (EventStore store = open(dir, () -> NOW)) {
      EventStore.Writer writer = store.writer();
      writer.write(batch);
      writer.commit();
    }
    try (EventStore store = open(dir, () -> NOW.plus(later))) {
      assertThat(store.retain(NOW.minus(Duration.ofDays(2)).plus(later), Long.MAX_VALUE))
          .isEqualTo(3);
      assertThat(total(store, new Query.All())).isEqualTo(1);
      store.writer().write(batch);
      assertThat(total(store, new Query.All())).isEqualTo(1);
    }
  }

  @Test
  void keepsAnOldDayThatWasReadInJustNow() throws Exception {
    try (EventStore store = open(dir, () -> NOW)) {
      EventStore.Writer writer = store.writer();
      writer.write(fourDays());
      writer.commit();
      assertThat(store.retain(NOW.minus(Duration.ofDays(2)), Long.MAX_VALUE)).isZero();
      assertThat(total(store, new Query.All())).isEqualTo(4);
    }
    try (EventStore store = open(dir, () -> NOW)) {
      assertThat(store.retain(NOW.minus(Duration.ofDays(2)), Long.MAX_VALUE)).isZero();
    }
  }

  @Test
  void makesRoomByTheOldestDaysThatGetNoMoreEvents() throws Exception {
    try (EventStore store = open(dir, () -> NOW)) {
      EventStore.Writer writer = store.writer();
      writer.write(fourDays());
      writer.commit();
    }
    Duration later = Duration.ofDays(2);
    try (EventStore store = open(dir, () -> NOW.plus(later))) {
      Event old = event(9);
      old.set(Ecs.TIMESTAMP, NOW.minus(Duration.ofDays(3)));
      EventStore.Writer writer = store.writer();
      writer.write(List.of(new Positioned(old, "raw.test", 0, 9, 0)));
      writer.commit();
      long bytes = store.status().bytes();
      assertThat(store.retain(Instant.EPOCH, bytes - 1)).isEqualTo(1);
      assertThat(total(store, new Query.Is("event.id", "raw.test-0-9"))).isEqualTo(1);
      assertThat(total(store, new Query.Is("event.id", "raw.test-0-2"))).isZero();
      assertThat(store.retain(Instant.EPOCH, 0)).isEqualTo(2);
      assertThat(total(store, new Query.Is("event.id", "raw.test-0-0"))).isEqualTo(1);
    }
  }

  @Test
  void findsAnEventByTheHashOfItsOriginal() throws Exception {
    String hash = "0f343b0931126a20f133d67c2b018a3b0f343b0931126a20f133d67c2b018a3b";
    try (EventStore store = open(dir, () -> NOW)) {
      Event e = event(1);
      e.set(Ecs.EVENT_HASH, hash);
      Event other = event(2);
      // As long, and the same for as much of a word as the index keeps.
      other.set(Ecs.EVENT_HASH, hash.substring(0, 40) + "f".repeat(24));
      store
          .writer()
          .write(
              List.of(
                  new Positioned(e, "raw.test", 0, 1, 0),
                  new Positioned(other, "raw.test", 0, 2, 0)));
      assertThat(total(store, new Query.Is("event.hash", hash))).isEqualTo(1);
      assertThat(total(store, new Query.Words(hash, false))).isEqualTo(1);
      assertThat(total(store, new Query.Wildcard("event.hash", "0f343b*8a3b"))).isEqualTo(1);
      assertThat(total(store, new Query.Exists("event.hash"))).isEqualTo(2);
    }
  }

  @Test
  void findsFieldsOutsideTheCatalogue() throws Exception {
    try (EventStore store = open(dir, () -> NOW)) {
      Event e = event(1);
      e.set(FieldCatalogue.get().field("acme.colour"), "Deep Blue");
      e.set(FieldCatalogue.get().field("acme.big"), "x".repeat(5000) + "End");
      store.writer().write(List.of(new Positioned(e, "raw.test", 0, 1, 0)));
      assertThat(total(store, new Query.Is("acme.colour", "deep blue"))).isEqualTo(1);
      assertThat(total(store, new Query.Wildcard("acme.colour", "*BLUE"))).isEqualTo(1);
      assertThat(total(store, new Query.Wildcard("acme.big", "*xend"))).isEqualTo(1);
      assertThat(total(store, new Query.Exists("acme.big"))).isEqualTo(1);
      assertThat(total(store, new Query.Exists("acme.none"))).isZero();
      assertThat(store.suggest("acme.colour", "deep", new Query.All(), 5))
          .containsExactly(new SearchResult.Count("Deep Blue", 1));
    }
  }

  /// Answers may be kept; nobody must be able to tell. Ranges of time that move, pages, orders, several people at once.
  @Test
  void answersTheSameQuestionAgainAsTheFirstTime() throws Exception {
    try (EventStore store = open(dir, () -> NOW)) {
      EventStore.Writer writer = store.writer();
      List<Event> events = new ArrayList<>();
      for (int part = 0; part < 3; part++) {
        List<Positioned> batch = batch(part * 7_000L, (part + 1) * 7_000L);
        batch.forEach(p -> events.add(p.event()));
        writer.write(batch);
        writer.commit();
        store.refresh();
        try (ExecutorService people = Executors.newFixedThreadPool(4)) {
          List<Future<?>> asked = new ArrayList<>();
          for (int person = 0; person < 4; person++) {
            long seed = part * 10L + person % 2;
            asked.add(people.submit(() -> askAll(store, events, new Random(seed))));
          }
          for (Future<?> question : asked) {
            question.get();
          }
        }
      }
    }
  }

  private static Void askAll(EventStore store, List<Event> events, Random random) throws Exception {
    Query query =
        new Query.And(
            List.of(
                new Query.Is("user.name", "alice"),
                new Query.Range("event.risk_score", 2.0, true, null, false)));
    for (int round = 0; round < 2; round++) {
      // Some segments lie in the range as a whole, one in part.
      Instant from = NOW.minusSeconds(60).plusMillis(random.nextInt(60_000));
      for (boolean descending : new boolean[] {true, false}) {
        for (String sort : List.of("@timestamp", "event.risk_score", "user.name")) {
          SearchRequest.Sort order = new SearchRequest.Sort(sort, descending);
          SearchResult first = ask(store, query, from, order, null);
          check(first, events, query, from, order);
          if (first.next() != null) {
            SearchResult second = ask(store, query, from, order, first.next());
            assertThat(second.total()).isEqualTo(first.total());
            assertThat(ids(second)).doesNotContainAnyElementsOf(ids(first));
            assertThat(ids(ask(store, query, from, order, first.next()))).isEqualTo(ids(second));
          }
        }
      }
    }
    return null;
  }

  private static SearchResult ask(
      EventStore store, Query query, Instant from, SearchRequest.Sort order, @Nullable String after)
      throws IOException {
    return store.search(
        new SearchRequest(
            query,
            from,
            null,
            order,
            20,
            after,
            List.of(
                new SearchRequest.Facet("destination.port", 10),
                new SearchRequest.Facet("source.ip", 300)),
            new SearchRequest.Histogram(Duration.ofSeconds(30), "event.risk_score"),
            List.of("event.risk_score"),
            false));
  }

  private static void check(
      SearchResult found, List<Event> events, Query query, Instant from, SearchRequest.Sort order) {
    Predicate<Event> matches = QueryPredicate.compile(query);
    List<Event> expected =
        events.stream().filter(e -> !time(e).isBefore(from) && matches.test(e)).toList();
    assertThat(found.total()).isEqualTo(expected.size());
    for (String facet : List.of("destination.port", "source.ip")) {
      Map<String, Long> counts = new TreeMap<>();
      expected.forEach(e -> counts.merge(text(e, facet), 1L, Long::sum));
      Map<String, Long> told = new TreeMap<>();
      found.facets().getOrDefault(facet, List.of()).forEach(c -> told.put(c.value(), c.count()));
      assertThat(told).as("%s from %s", facet, from).isEqualTo(counts);
    }
    Map<Long, Long> times = new TreeMap<>();
    Map<String, Long> splits = new TreeMap<>();
    double sum = 0;
    for (Event e : expected) {
      times.merge(Math.floorDiv(time(e).getEpochSecond(), 30L), 1L, Long::sum);
      splits.merge(text(e, "event.risk_score"), 1L, Long::sum);
      sum += e.doubleValue(Ecs.EVENT_RISK_SCORE, 0);
    }
    Map<Long, Long> toldTimes = new TreeMap<>();
    Map<String, Long> toldSplits = new TreeMap<>();
    for (SearchResult.Bucket bucket : found.histogram()) {
      toldTimes.put(bucket.start().getEpochSecond() / 30, bucket.count());
      bucket.split().forEach((value, count) -> toldSplits.merge(value, count, Long::sum));
    }
    assertThat(toldTimes).isEqualTo(times);
    assertThat(toldSplits).isEqualTo(splits);
    assertThat(found.statistics().getOrDefault("event.risk_score", NOTHING).sum()).isEqualTo(sum);
    Comparator<Event> byField =
        Comparator.comparing(
            (Event e) -> order.field().equals("user.name") ? 0.0 : sortKey(e, order.field()));
    // The order of arrival is that of the list.
    List<Event> sorted = new ArrayList<>(expected);
    if (order.descending()) {
      java.util.Collections.reverse(sorted);
    }
    sorted.sort(order.descending() ? byField.reversed() : byField);
    assertThat(ids(found))
        .as("hits by %s from %s", order, from)
        .isEqualTo(sorted.stream().limit(20).map(e -> text(e, "event.id")).toList());
  }

  private static final SearchResult.Statistics NOTHING =
      new SearchResult.Statistics(0, 0, 0, Double.NaN, 0);

  private static double sortKey(Event event, String field) {
    return field.equals("@timestamp")
        ? time(event).toEpochMilli()
        : event.doubleValue(Ecs.EVENT_RISK_SCORE, 0);
  }

  private static Instant time(Event event) {
    return Instant.parse(text(event, "@timestamp"));
  }

  private static String text(Event event, String field) {
    return Values.text(event.get(FieldCatalogue.get().field(field)));
  }

  private static List<String> ids(SearchResult result) {
    return result.hits().stream().map(h -> text(h.event(), "event.id")).toList();
  }
}
