package metron.server.alert;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.Field;
import metron.event.FieldCatalogue;
import metron.event.query.Query;
import metron.server.search.Search;
import metron.storage.EventStore;
import metron.storage.SearchRequest;
import metron.storage.SearchResult;

/// What else happened around an alert: in the same flow, on the same hosts, by the same users, with the same indicator.
///
/// For each key the [#EVENTS_EACH] events that are nearest to the alert in time, before and after it, newest first; its own
/// event is left out.
final class RelatedEvents {
  /// What the events of a group have in common.
  enum Kind {
    FLOW,
    HOST,
    USER,
    INDICATOR
  }

  /// @param query search text that finds the same, to go on from
  record RelatedGroup(Kind kind, String key, String query, long total, List<Event> events) {}

  record RelatedAnswer(Instant from, Instant to, List<RelatedGroup> groups) {}

  /// One thing to look for.
  private record Key(Kind kind, String text, List<Field> fields, Object value) {}

  private static final int EVENTS_EACH = 25;
  private static final int KEYS_EACH = 4;
  private static final SearchRequest.Sort OLDEST_FIRST =
      new SearchRequest.Sort(Ecs.TIMESTAMP.name(), false);
  private static final Field HOST_NAME = field("host.name");
  private static final Field HOST_IP = field("host.ip");
  private static final Field USER_NAME = field("user.name");
  private static final Field COMMUNITY_ID = field("network.community_id");
  private static final Field URL_DOMAIN = field("url.domain");
  private static final Field DNS_NAME = field("dns.question.name");
  private static final Field TLS_NAME = field("tls.client.server_name");
  private static final Field SHA256 = field("file.hash.sha256");

  private final EventStore events;

  RelatedEvents(EventStore events) {
    this.events = events;
  }

  RelatedAnswer around(Event alert, Duration before, Duration after) throws IOException {
    Instant at =
        alert.get(Ecs.TIMESTAMP) instanceof Instant t
            ? t
            : Objects.requireNonNullElse(
                alert.get(Ecs.EVENT_INGESTED) instanceof Instant i ? i : null, Instant.EPOCH);
    Instant from = at.minus(before);
    Instant to = at.plus(after).plusMillis(1);
    String id = alert.string(Ecs.EVENT_ID);
    List<RelatedGroup> groups = new ArrayList<>();
    for (Key key : keys(alert)) {
      List<Query> any = new ArrayList<>();
      for (Field field : key.fields()) {
        any.add(new Query.Is(field.name(), key.value()));
      }
      List<Query> all = new ArrayList<>();
      all.add(any.size() == 1 ? any.getFirst() : new Query.Or(any));
      if (id != null) {
        all.add(new Query.Not(new Query.Is(Ecs.EVENT_ID.name(), id)));
      }
      Query query = new Query.And(all);
      SearchResult found = search(query, from, to, SearchRequest.Sort.NEWEST_FIRST, EVENTS_EACH);
      List<Event> nearest = new ArrayList<>();
      if (found.total() <= EVENTS_EACH) {
        add(nearest, found);
      } else {
        // The newest of a busy host's half hour would all lie at its end, none near the alert.
        SearchResult later = search(query, at, to, OLDEST_FIRST, EVENTS_EACH);
        SearchResult earlier =
            search(query, from, at, SearchRequest.Sort.NEWEST_FIRST, EVENTS_EACH);
        int ahead = Math.min(later.hits().size(), EVENTS_EACH / 2);
        int behind = Math.min(earlier.hits().size(), EVENTS_EACH - ahead);
        ahead = Math.min(later.hits().size(), EVENTS_EACH - behind);
        add(nearest, later);
        nearest.subList(ahead, nearest.size()).clear();
        Collections.reverse(nearest);
        add(nearest, earlier);
        nearest.subList(ahead + behind, nearest.size()).clear();
      }
      groups.add(new RelatedGroup(key.kind(), key.text(), text(key), found.total(), nearest));
    }
    return new RelatedAnswer(from, to, groups);
  }

  private SearchResult search(
      Query query, Instant from, Instant to, SearchRequest.Sort sort, int size) throws IOException {
    return Search.ask(
        events::search,
        new SearchRequest(query, from, to, sort, size, null, List.of(), null, List.of(), false));
  }

  private static void add(List<Event> out, SearchResult found) {
    found.hits().forEach(hit -> out.add(hit.event()));
  }

  private static List<Key> keys(Event alert) {
    List<Key> out = new ArrayList<>();
    add(out, Kind.FLOW, List.of(COMMUNITY_ID), values(alert, COMMUNITY_ID));
    List<Field> addresses = List.of(Ecs.SOURCE_IP, Ecs.DESTINATION_IP);
    add(out, Kind.HOST, List.of(HOST_NAME), values(alert, HOST_NAME));
    add(out, Kind.HOST, addresses, values(alert, Ecs.SOURCE_IP, Ecs.DESTINATION_IP, HOST_IP));
    add(
        out,
        Kind.USER,
        List.of(USER_NAME, Ecs.RELATED_USER),
        values(alert, USER_NAME, Ecs.RELATED_USER));
    String type = alert.string(Ecs.THREAT_INDICATOR_TYPE);
    if (type != null || alert.has(Ecs.THREAT_INDICATOR_NAME)) {
      Set<Object> names = values(alert, Ecs.THREAT_INDICATOR_NAME);
      Set<Object> ips = values(alert, Ecs.THREAT_INDICATOR_IP);
      add(out, Kind.INDICATOR, addresses, ips);
      Set<Object> texts = new LinkedHashSet<>();
      for (Object name : names) {
        if (ips.stream().noneMatch(ip -> ip.toString().equals(name.toString()))) {
          texts.add(name);
        }
      }
      add(
          out,
          Kind.INDICATOR,
          List.of(Ecs.THREAT_INDICATOR_NAME, URL_DOMAIN, DNS_NAME, TLS_NAME, SHA256),
          texts);
    }
    return out;
  }

  private static void add(List<Key> out, Kind kind, List<Field> fields, Set<Object> values) {
    int count = 0;
    for (Object value : values) {
      if (count++ == KEYS_EACH) {
        return;
      }
      out.add(new Key(kind, value.toString(), fields, value));
    }
  }

  private static Set<Object> values(Event event, Field... fields) {
    Set<Object> out = new LinkedHashSet<>();
    Set<String> seen = new LinkedHashSet<>();
    for (Field field : fields) {
      for (Object value : event.values(field)) {
        if (seen.add(value.toString().toLowerCase(Locale.ROOT))) {
          out.add(value);
        }
      }
    }
    return out;
  }

  private static String text(Key key) {
    String quoted = '"' + key.text().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    List<String> parts = key.fields().stream().map(f -> f.name() + ":" + quoted).toList();
    return String.join(" OR ", parts);
  }

  private static Field field(String name) {
    return FieldCatalogue.get().field(name);
  }
}
