package metron.server.search;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import metron.event.Event;
import org.jspecify.annotations.Nullable;

/// A page of what was found, and the counts over all of it.
///
/// @param total how many match, exactly
/// @param next cursor of the next page; absent: this is the last
public record SearchAnswer(
    long total,
    List<Hit> hits,
    @Nullable String next,
    Map<String, List<ValueCount>> facets,
    @Nullable Histogram histogram,
    Map<String, Statistics> statistics,
    long tookMillis) {
  /// @param highlights per field its text with the matches between U+E000 and U+E001
  public record Hit(Event event, Map<String, String> highlights) {}

  public record ValueCount(String value, long count) {}

  /// @param interval width of a bucket, ISO 8601 duration
  public record Histogram(String interval, List<Bucket> buckets) {}

  /// @param split counts per value of the split field
  public record Bucket(Instant start, long count, Map<String, Long> split) {}

  public record Statistics(long count, double min, double max, double sum, double mean) {}
}
