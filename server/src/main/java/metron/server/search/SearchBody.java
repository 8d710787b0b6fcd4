package metron.server.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What to look for, as a client asks.
///
/// @param query search text; blank is everything
/// @param from earliest time, included: an instant, a date or such as `now-24h`; absent: from the beginning
/// @param to latest time, excluded; absent: to the end
/// @param sort absent: newest first
/// @param size hits on a page, 0 to 1000; absent: 50
/// @param cursor `next` of the page before, with all else unchanged
public record SearchBody(
    String query,
    @Nullable String from,
    @Nullable String to,
    @Nullable SortOrder sort,
    @Nullable Integer size,
    @Nullable String cursor,
    @Nullable List<FacetWish> facets,
    @Nullable HistogramWish histogram,
    @Nullable List<String> statistics,
    @Nullable Boolean highlight) {
  public record SortOrder(String field, boolean descending) {}

  /// @param size values wanted, 1 to 1000; absent: 10
  public record FacetWish(String field, @Nullable Integer size) {}

  /// @param interval ISO 8601 duration such as `PT1M`; absent: chosen so that there are 60 to 120 buckets
  /// @param splitBy field whose most frequent values split each bucket
  public record HistogramWish(@Nullable String interval, @Nullable String splitBy) {}
}
