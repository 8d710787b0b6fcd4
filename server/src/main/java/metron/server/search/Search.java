package metron.server.search;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import metron.event.Ecs;
import metron.event.Event;
import metron.event.FieldCatalogue;
import metron.event.query.Query;
import metron.event.query.QueryParser;
import metron.event.query.QuerySyntaxException;
import metron.server.http.Cursors;
import metron.server.http.Excerpt;
import metron.server.http.Moments;
import metron.server.http.Problem;
import metron.storage.SearchRequest;
import metron.storage.SearchResult;
import org.jspecify.annotations.Nullable;

/// Turns what a client asks into a question to a store, and the store's answer into what the client gets.
///
/// A cursor carries the time range as it was resolved for the first page, so that `now-24h` does not move while somebody
/// turns pages.
public final class Search {
  /// A store that can be searched: events or alerts.
  @FunctionalInterface
  public interface Searchable {
    SearchResult search(SearchRequest request) throws IOException;
  }

  private static final int LONGEST_QUERY = 20_000;
  private static final int MOST_FACETS = 30;
  private static final int MOST_BUCKETS = 5_000;
  private static final int WANTED_BUCKETS = 120;
  private static final List<Duration> INTERVALS =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(2),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          Duration.ofMinutes(15),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(4),
          Duration.ofHours(8),
          Duration.ofHours(12),
          Duration.ofDays(1),
          Duration.ofDays(2),
          Duration.ofDays(7),
          Duration.ofDays(14),
          Duration.ofDays(28),
          Duration.ofDays(56),
          Duration.ofDays(140),
          Duration.ofDays(364),
          Duration.ofDays(1820));

  private final Cursors cursors;
  private final InstantSource clock;

  public Search(Cursors cursors, InstantSource clock) {
    this.cursors = cursors;
    this.clock = clock;
  }

  /// The tree of a search text.
  ///
  /// @throws metron.server.http.ProblemException 400 with column, length and what was expected
  public static Query query(String text) {
    if (text.length() > LONGEST_QUERY) {
      throw Problem.badRequest(
              "the query has " + text.length() + " characters, the limit is " + LONGEST_QUERY)
          .exception();
    }
    try {
      return QueryParser.parse(text);
    } catch (QuerySyntaxException e) {
      throw Problem.query(e).exception();
    }
  }

  /// A bound of time; null: none.
  public @Nullable Instant moment(String name, @Nullable String text) {
    return text == null || text.isBlank() ? null : Moments.parse(name, text, clock.instant());
  }

  /// @throws metron.server.http.ProblemException 400, if the body asks for what there is not
  public SearchAnswer search(Searchable store, String what, SearchBody body) throws IOException {
    Query query = query(body.query());
    Instant from = moment("from", body.from());
    Instant to = moment("to", body.to());
    SearchRequest.Sort sort =
        body.sort() == null
            ? SearchRequest.Sort.NEWEST_FIRST
            : new SearchRequest.Sort(
                fieldName("sort.field", body.sort().field()), body.sort().descending());
    String question =
        String.join(
            "\0",
            what,
            body.query(),
            String.valueOf(body.from()),
            String.valueOf(body.to()),
            sort.field(),
            String.valueOf(sort.descending()));
    String after = null;
    if (body.cursor() != null) {
      List<String> parts = cursors.read(question, body.cursor());
      from = parts.get(0).isEmpty() ? null : Instant.parse(parts.get(0));
      to = parts.get(1).isEmpty() ? null : Instant.parse(parts.get(1));
      after = parts.get(2);
    }
    if (from != null && to != null && from.isAfter(to)) {
      throw Problem.badRequest("from is " + from + ", after to, which is " + to + ": exchange them")
          .exception();
    }
    SearchRequest.Histogram histogram = null;
    if (body.histogram() != null) {
      histogram = histogram(store, query, from, to, body.histogram());
    }
    var request =
        new SearchRequest(
            query,
            from,
            to,
            sort,
            bounded("size", body.size(), 0, 1000, 50),
            after,
            facets(body.facets()),
            histogram,
            statistics(body.statistics()),
            Boolean.TRUE.equals(body.highlight()));
    SearchResult result = ask(store, request);
    String next =
        result.next() == null
            ? null
            : cursors.write(question, List.of(text(from), text(to), result.next()));
    return answer(result, next, histogram);
  }

  /// Searches; what the store can't do (such as sort by a text that is only kept for words) is the client's to know.
  public static SearchResult ask(Searchable store, SearchRequest request) throws IOException {
    try {
      return store.search(request);
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(
              e.getMessage() == null ? "the store can't answer this question" : e.getMessage())
          .exception();
    }
  }

  private static String text(@Nullable Instant moment) {
    return moment == null ? "" : moment.toString();
  }

  private static SearchAnswer answer(
      SearchResult result, @Nullable String next, SearchRequest.@Nullable Histogram histogram) {
    List<SearchAnswer.Hit> hits = new ArrayList<>(result.hits().size());
    for (SearchResult.Hit hit : result.hits()) {
      hits.add(new SearchAnswer.Hit(hit.event(), hit.highlights()));
    }
    Map<String, List<SearchAnswer.ValueCount>> facets = new LinkedHashMap<>();
    result.facets().forEach((field, counts) -> facets.put(field, counts(counts)));
    Map<String, SearchAnswer.Statistics> statistics = new LinkedHashMap<>();
    result
        .statistics()
        .forEach(
            (field, s) ->
                statistics.put(
                    field,
                    new SearchAnswer.Statistics(s.count(), s.min(), s.max(), s.sum(), s.mean())));
    List<SearchAnswer.Bucket> buckets = new ArrayList<>();
    for (SearchResult.Bucket b : result.histogram()) {
      buckets.add(new SearchAnswer.Bucket(b.start(), b.count(), b.split()));
    }
    return new SearchAnswer(
        result.total(),
        hits,
        next,
        facets,
        histogram == null
            ? null
            : new SearchAnswer.Histogram(histogram.interval().toString(), buckets),
        statistics,
        result.tookMillis());
  }

  static List<SearchAnswer.ValueCount> counts(List<SearchResult.Count> counts) {
    List<SearchAnswer.ValueCount> out = new ArrayList<>(counts.size());
    for (SearchResult.Count c : counts) {
      out.add(new SearchAnswer.ValueCount(c.value(), c.count()));
    }
    return out;
  }

  private static List<SearchRequest.Facet> facets(@Nullable List<SearchBody.FacetWish> wanted) {
    List<SearchRequest.Facet> out = new ArrayList<>();
    if (wanted != null) {
      few("facets", wanted.size());
      for (SearchBody.FacetWish f : wanted) {
        out.add(
            new SearchRequest.Facet(
                fieldName("facets.field", f.field()),
                bounded("facets.size", f.size(), 1, 1000, 10)));
      }
    }
    return out;
  }

  private static List<String> statistics(@Nullable List<String> wanted) {
    List<String> out = new ArrayList<>();
    if (wanted != null) {
      few("statistics", wanted.size());
      for (String name : wanted) {
        out.add(fieldName("statistics", name));
      }
    }
    return out;
  }

  private SearchRequest.Histogram histogram(
      Searchable store,
      Query query,
      @Nullable Instant from,
      @Nullable Instant to,
      SearchBody.HistogramWish wanted)
      throws IOException {
    String splitBy =
        wanted.splitBy() == null ? null : fieldName("histogram.splitBy", wanted.splitBy());
    Instant start = from == null ? edge(store, query, from, to, false) : from;
    Instant end = to == null ? edge(store, query, from, to, true) : to;
    Duration span = Duration.between(start, end);
    if (wanted.interval() == null) {
      for (Duration interval : INTERVALS) {
        if (interval.multipliedBy(WANTED_BUCKETS).compareTo(span) >= 0) {
          return new SearchRequest.Histogram(interval, splitBy);
        }
      }
      return new SearchRequest.Histogram(INTERVALS.getLast(), splitBy);
    }
    Duration interval =
        Moments.duration("histogram.interval", wanted.interval(), Duration.ofDays(3660));
    if (interval.compareTo(Duration.ofMillis(1)) < 0
        || interval.multipliedBy(MOST_BUCKETS).compareTo(span) < 0) {
      throw Problem.badRequest(
              "histogram.interval is "
                  + interval
                  + ", which makes more than "
                  + MOST_BUCKETS
                  + " buckets of the time asked for: make it longer, or leave it out")
          .exception();
    }
    return new SearchRequest.Histogram(interval, splitBy);
  }

  /// The time of the first or last event that matches; now, where there is none.
  private Instant edge(
      Searchable store, Query query, @Nullable Instant from, @Nullable Instant to, boolean last)
      throws IOException {
    var sort = new SearchRequest.Sort("@timestamp", last);
    SearchResult one =
        ask(
            store,
            new SearchRequest(query, from, to, sort, 1, null, List.of(), null, List.of(), false));
    for (SearchResult.Hit hit : one.hits()) {
      Event event = hit.event();
      if (event.get(Ecs.TIMESTAMP) instanceof Instant t) {
        return t;
      }
    }
    return clock.instant();
  }

  private static void few(String name, int size) {
    if (size > MOST_FACETS) {
      throw Problem.badRequest(name + " has " + size + " entries, the limit is " + MOST_FACETS)
          .exception();
    }
  }

  static int bounded(String name, @Nullable Integer value, int least, int most, int otherwise) {
    if (value == null) {
      return otherwise;
    }
    if (value < least || value > most) {
      throw Problem.badRequest(name + " is " + value + ", expected " + least + " to " + most)
          .exception();
    }
    return value;
  }

  /// The real name of a field, aliases followed.
  static String fieldName(String name, String field) {
    if (field.isBlank()
        || field.length() > 300
        || field.chars().anyMatch(Character::isISOControl)) {
      throw Problem.badRequest(
              name
                  + " is '"
                  + Excerpt.of(field)
                  + "', expected the name of a field such as source.ip: GET /api/v1/fields lists"
                  + " them")
          .exception();
    }
    return FieldCatalogue.get().field(field).name();
  }
}
