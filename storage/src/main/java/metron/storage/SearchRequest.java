package metron.storage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import metron.event.query.Query;
import org.jspecify.annotations.Nullable;

/// One question to a store: which documents, in which order, and which counts over all that match.
///
/// @param query what to look for
/// @param from earliest `@timestamp`, included; null: from the beginning
/// @param to latest `@timestamp`, excluded; null: to the end
/// @param sort order of the hits; documents that lack the field come last, and among equals the one that the store got first
///     comes first (last, where descending), so that the lines of one second keep their order
/// @param size hits wanted; 0 to 1000
/// @param after cursor of an earlier answer to the same question; null: from the top
/// @param facets fields to count values of
/// @param histogram counts over time; null: none
/// @param statistics numeric fields to give count, minimum, maximum, sum and mean of
/// @param highlight whether hits say where the words matched
public record SearchRequest(
    Query query,
    @Nullable Instant from,
    @Nullable Instant to,
    Sort sort,
    int size,
    @Nullable String after,
    List<Facet> facets,
    @Nullable Histogram histogram,
    List<String> statistics,
    boolean highlight) {
  public SearchRequest {
    facets = List.copyOf(facets);
    statistics = List.copyOf(statistics);
    if (size < 0 || size > 1000) {
      throw new IllegalArgumentException("size is " + size + ", expected 0 to 1000");
    }
  }

  /// @param field any catalogued field but long text; of several values the smallest counts, descending the largest; text is
  ///     ordered by its UTF-8 bytes
  public record Sort(String field, boolean descending) {
    public static final Sort NEWEST_FIRST = new Sort("@timestamp", true);
  }

  /// @param size most frequent values wanted; 1 to 1000
  public record Facet(String field, int size) {}

  /// @param interval width of a bucket, aligned to the epoch; positive
  /// @param splitBy field whose most frequent values split each bucket; null: none
  public record Histogram(Duration interval, @Nullable String splitBy) {}

  /// The newest documents that match.
  public static SearchRequest newest(Query query, int size) {
    return new SearchRequest(
        query, null, null, Sort.NEWEST_FIRST, size, null, List.of(), null, List.of(), false);
  }
}
