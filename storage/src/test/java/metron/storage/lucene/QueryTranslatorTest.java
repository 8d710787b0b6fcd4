package metron.storage.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import metron.event.Cidr;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.Field;
import metron.event.FieldCatalogue;
import metron.event.IpAddress;
import metron.event.query.Query;
import metron.event.query.QueryPredicate;
import metron.event.query.QueryText;
import metron.storage.EventStore;
import metron.storage.SearchRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The index answers as the predicate does: random events and random queries, the same documents.
class QueryTranslatorTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final List<Field> FIELDS =
      List.of(
          Ecs.USER_NAME,
          Ecs.MESSAGE,
          Ecs.EVENT_ORIGINAL,
          Ecs.TAGS,
          Ecs.URL_ORIGINAL,
          Ecs.SOURCE_IP,
          Ecs.RELATED_IP,
          Ecs.DESTINATION_PORT,
          Ecs.EVENT_RISK_SCORE,
          Ecs.METRON_IS_ALERT,
          Ecs.EVENT_START,
          FieldCatalogue.get().field("acme.note"),
          FieldCatalogue.get().field("acme.other"));
  private static final List<String> TEXTS =
      List.of(
          "alice",
          "Alice",
          "ALICE smith",
          "bob",
          "b*b",
          "",
          " ",
          "ünïcode WÖRD",
          "a.b.c",
          "10.0.0.1",
          "failed password for root",
          "password failed",
          "Zürich\u00e9",
          "x".repeat(300),
          "long " + "y".repeat(2000) + " end",
          "a\\b",
          "\uD83D\uDE00 smile",
          "İstanbul",
          "42");

  @TempDir Path dir;

  private final Random random = new Random(42);

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private Object value(Field field) {
    return switch (field.type()) {
      case STRING -> any(TEXTS);
      case IP ->
          random.nextBoolean()
              ? IpAddress.v4(0x0A000000 | random.nextInt(6))
              : IpAddress.parse("2001:db8::" + random.nextInt(4)).orElseThrow();
      case LONG -> (long) random.nextInt(-3, 4);
      case DOUBLE -> any(List.of(0.0, -0.0, 1.5, -1.5, Double.NaN, Double.POSITIVE_INFINITY, 42.0));
      case BOOLEAN -> random.nextBoolean();
      case INSTANT -> NOW.plusSeconds(random.nextInt(-3, 4));
    };
  }

  private Event event(int n) {
    Event e = new Event();
    e.set(Ecs.TIMESTAMP, NOW.minusSeconds(n));
    e.set(Ecs.EVENT_ID, "t-0-" + n);
    for (Field field : FIELDS) {
      switch (random.nextInt(5)) {
        case 0 -> {}
        case 1 -> e.set(field, List.of(value(field), value(field), value(field)));
        case 2 -> {
          if (random.nextInt(4) == 0) {
            e.setNull(field);
          }
        }
        default -> e.setBoxed(field, value(field));
      }
    }
    return e;
  }

  private Query query(int depth) {
    Field field = any(FIELDS);
    String name = field.name();
    return switch (random.nextInt(depth > 0 ? 12 : 8)) {
      case 0, 1 -> new Query.Is(name, value(field));
      case 2 ->
          new Query.Wildcard(
              name,
              any(
                  List.of(
                      "*",
                      "a*",
                      "*B",
                      "?ob",
                      "*password*",
                      "1?.*",
                      "*Y end",
                      "b\\*b",
                      "4*",
                      "*ÖRD",
                      "tru*",
                      "2*")));
      case 3 ->
          new Query.Regex(
              name, any(List.of("a.*", ".*[0-9]+.*", "b.b", "(alice|bob)", ".*", "x{3,}", "\\d+")));
      case 4 ->
          new Query.Range(
              name,
              random.nextInt(4) == 0 ? null : value(field),
              random.nextBoolean(),
              random.nextInt(4) == 0 ? null : value(field),
              random.nextBoolean());
      case 5 -> new Query.Exists(name);
      case 6 ->
          new Query.Words(
              any(
                  List.of(
                      "alice",
                      "PASSWORD failed",
                      "failed password",
                      "wörd",
                      "y",
                      "zz",
                      "--",
                      "y".repeat(2000),
                      "smith alice",
                      "42",
                      "istanbul")),
              random.nextBoolean());
      case 7 ->
          new Query.InNetwork(
              name,
              Cidr.parse(any(List.of("10.0.0.0/30", "2001:db8::/127", "0.0.0.0/0"))).orElseThrow());
      case 8 -> new Query.Not(query(depth - 1));
      case 9 -> new Query.And(List.of(query(depth - 1), query(depth - 1)));
      case 10 -> new Query.Or(List.of(query(depth - 1), query(depth - 1), query(0)));
      default -> any(List.of(new Query.All(), new Query.And(List.of()), new Query.Or(List.of())));
    };
  }

  @Test
  void findsTheDocumentsThatThePredicateLetsThrough() throws Exception {
    List<Event> events = new ArrayList<>();
    List<EventStore.Positioned> batch = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      events.add(event(i));
      batch.add(new EventStore.Positioned(events.getLast(), "t", 0, i, 0));
    }
    try (EventStore store = new LuceneEventStore(dir, () -> NOW)) {
      EventStore.Writer writer = store.writer();
      writer.write(batch.subList(0, 100));
      store.refresh();
      writer.write(batch.subList(100, 250));
      store.refresh();
      for (int i = 0; i < 1000; i++) {
        Query query = query(3);
        var predicate = QueryPredicate.compile(query);
        TreeSet<String> expected = new TreeSet<>();
        for (Event e : events) {
          if (predicate.test(e)) {
            expected.add(e.string(Ecs.EVENT_ID));
          }
        }
        TreeSet<String> found = new TreeSet<>();
        var result = store.search(SearchRequest.newest(query, 1000));
        result.hits().forEach(h -> found.add(h.event().string(Ecs.EVENT_ID)));
        assertThat(found)
            .as("query %d: %s = %s", i, query, QueryText.of(query))
            .isEqualTo(expected);
        assertThat(result.total()).isEqualTo(expected.size());
      }
    }
  }
}
